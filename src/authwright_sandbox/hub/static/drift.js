// Changes a page as a portal's owner might overnight. What, and with which seed, stands on <body>;
// the same seed changes a page the same way every time. The controls keep what they mean to the
// payer (data-k), so that what is received tells whether something went into the wrong field.

const SET = JSON.parse(document.body.dataset.drift ?? "null");

const WORDS = {
  "Member ID": ["Subscriber ID", "Member Number"],
  "Patient Last Name": ["Last Name", "Patient's Last Name"],
  "Patient First Name": ["First Name", "Patient's First Name"],
  "Date of Birth": ["Birth Date", "DOB"],
  "Request Type": ["Type of Request"],
  "Place of Service": ["Service Location"],
  "Diagnosis Code": ["Diagnosis", "ICD-10 Code"],
  "Procedure Code": ["CPT/HCPCS Code", "Service Code"],
  Quantity: ["Units", "Number of Units"],
  "From Date": ["Start Date", "Service From"],
  "To Date": ["End Date", "Service To"],
  "Rendering Provider": ["Servicing Provider"],
  "Contact Name": ["Name of Contact"],
  "Contact Phone": ["Contact Telephone"],
  "Clinical Notes": ["Clinical Information"],
  "Attach files": ["Add documents"],
  Next: ["Continue"],
  "Certification Number": ["Authorization Number"],
};

// Look-alikes: [control that it stands before or after, caption, what it is to the payer].
const ALIKE = [
  ["member_id", "Alternate Member ID", "alternate_member_id"],
  ["last_name", "Patient Previous Last Name", "previous_last_name"],
  ["contact_phone", "Contact Phone Extension", "contact_phone_extension"],
  ["modifier_1", "Unit Modifier", "unit_modifier"],
  ["diagnosis_code", "Admitting Diagnosis Code", "admitting_diagnosis_code"],
];

// Mulberry32, a small generator of numbers in [0, 1).
function generator(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const hash = (text) => [...text].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, 7);

function shuffled(items, random) {
  const rest = [...items];
  for (let at = rest.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [rest[at], rest[other]] = [rest[other], rest[at]];
  }
  return rest;
}

// Puts groups of sibling nodes back in another order, into the places that they held.
function reorder(groups, random) {
  if (groups.length < 2) return;
  const parent = groups[0][0].parentNode;
  const after = groups.at(-1).at(-1).nextSibling;
  for (const group of shuffled(groups, random)) for (const node of group) parent.insertBefore(node, after);
}

function reorderColumns(table, random) {
  const columns = shuffled(Object.keys([...table.rows[0].cells]), random);
  for (const row of table.rows) {
    const cells = [...row.cells];
    row.append(...columns.map((column) => cells[column]));
  }
}

const pairs = (nodes, size) =>
  Array.from({ length: Math.floor(nodes.length / size) }, (_, at) => nodes.slice(at * size, at * size + size));

const KINDS = {
  ids(root, random) {
    for (const element of root.querySelectorAll("[id]")) {
      if (!/^[a-z]\d$/.test(element.id)) continue; // the others belong to the page's own script
      const label = root.querySelector(`label[for="${element.id}"]`);
      element.id = `x${Math.floor(random() * 1e9).toString(36)}`;
      if (label) label.htmlFor = element.id;
    }
    for (const element of root.querySelectorAll("[data-k]")) element.setAttribute("name", `n${Math.floor(random() * 1e9)}`);
  },
  wrap(root, random) {
    for (const element of root.querySelectorAll("select, .typeahead, .dropdown, input:not([type=file])")) {
      if (element.closest(".typeahead") !== null && !element.matches(".typeahead")) continue;
      if (random() < 0.4) continue;
      const box = document.createElement("div");
      element.replaceWith(box);
      box.append(element);
    }
  },
  unbind(root, random) {
    for (const label of root.querySelectorAll("label")) {
      if (random() < 0.4) continue;
      const text = document.createElement("span");
      text.className = "cap";
      text.textContent = label.textContent;
      label.replaceWith(text);
    }
    for (const element of root.querySelectorAll("[aria-label]")) if (random() < 0.6) element.removeAttribute("aria-label");
  },
  order(root, random) {
    for (const grid of root.querySelectorAll(".grid, .search")) reorder([...grid.children].map((cell) => [cell]), random);
    for (const row of root.querySelectorAll(".procedure .plain tr")) reorder(pairs([...row.children], 2), random);
    for (const list of root.querySelectorAll("dl")) reorder(pairs([...list.children], 2), random);
    reorder([...root.querySelectorAll(".provider")].map((section) => [section]), random);
    for (const table of root.querySelectorAll(".lines")) reorderColumns(table, random);
  },
  insert(root, random) {
    for (const [near, caption, key] of ALIKE) {
      const cell = root.querySelector(`[data-k=${near}]`)?.closest(".cell");
      if (!cell || random() < 0.3) continue;
      const extra = document.createElement("div");
      extra.className = cell.className;
      extra.innerHTML = '<span class="cap"></span><input>';
      extra.firstChild.textContent = caption;
      extra.lastChild.dataset.k = key;
      if (random() < 0.5) extra.lastChild.setAttribute("aria-label", caption);
      if (random() < 0.5) cell.before(extra);
      else cell.after(extra);
    }
  },
  widgets(root) {
    for (const select of root.querySelectorAll("select[data-k]")) toDropdown(select);
    for (const box of root.querySelectorAll("[data-k=payer].dropdown")) toSelect(box);
  },
  rename(root, random) {
    const swap = (text) => {
      const [plain, star] = text.endsWith(" *") ? [text.slice(0, -2), " *"] : [text, ""];
      const words = WORDS[plain];
      return words ? words[Math.floor(random() * words.length)] + star : text;
    };
    for (const element of root.querySelectorAll("label, .cap, td.left, h3, button, dt")) {
      if (element.children.length || random() < 0.5) continue;
      const before = element.textContent;
      element.textContent = swap(before);
      const control = element.parentElement.querySelector("[aria-label]");
      if (control && before.startsWith(control.getAttribute("aria-label"))) {
        control.setAttribute("aria-label", element.textContent.replace(/ \*$/, ""));
      }
    }
  },
};

function toDropdown(select) {
  const box = document.createElement("div");
  box.className = "dropdown";
  box.dataset.k = select.dataset.k;
  box.toggleAttribute("data-required", select.hasAttribute("data-required"));
  box.innerHTML = '<button type="button" class="dropdown-button" aria-haspopup="listbox" aria-expanded="false"></button><template></template>';
  const [first, ...options] = select.options;
  box.firstChild.textContent = first.text;
  for (const option of options) {
    const item = document.createElement("li");
    item.setAttribute("role", "option");
    item.dataset.value = option.value;
    item.textContent = option.text;
    box.lastChild.content.append(item);
  }
  const label = select.parentElement.querySelector("label");
  if (label) label.outerHTML = `<span class="cap">${label.innerHTML}</span>`;
  select.replaceWith(box);
}

function toSelect(box) {
  const select = document.createElement("select");
  select.dataset.k = box.dataset.k;
  select.toggleAttribute("data-required", box.hasAttribute("data-required"));
  select.append(new Option(box.querySelector("button").textContent, ""));
  for (const item of box.querySelector("template").content.children) select.append(new Option(item.textContent));
  box.replaceWith(select);
}

// `page` names the page, so that each has a sequence of its own.
export function drift(root, page) {
  if (!SET) return;
  const random = generator(SET.seed * 7919 + hash(page));
  const roots = [root, ...[...root.querySelectorAll("template#procedure")].map((template) => template.content)];
  // Words and widgets first, ids and boxes last, whatever the order in which the kinds were asked for.
  for (const kind of ["rename", "widgets", "insert", "order", "unbind", "ids", "wrap"]) {
    if (SET.kinds.includes(kind)) roots.forEach((each) => KINDS[kind](each, random));
  }
}

// Milliseconds after which the page draws itself anew, 0 if it doesn't.
export function lateRender(page) {
  if (!SET?.kinds.includes("redraw")) return 0;
  return 150 + Math.floor(generator(SET.seed + hash(page))() * 500);
}
