// Changes server-rendered forms as a portal's owner might overnight. What, and with which seed, stands on
// <body>. A page marks its fields with data-row (the row of one field, with .cap and .ctl), its controls
// with data-k, tables whose columns may move with data-columns. A control keeps its name, so that what
// is received tells whether something went into the wrong one.

const SET = JSON.parse(document.body.dataset.drift ?? "null");

const WORDS = {
  "Patient ID": ["Member ID", "Customer ID"],
  "Member ID": ["Patient ID", "Subscriber ID"],
  "Last Name": ["Surname", "Patient Last Name"],
  "First Name": ["Given Name", "Patient First Name"],
  "Date of Birth": ["Birth Date", "DOB"],
  "Date of Service": ["Service Date"],
  "Type of Request": ["Request Type"],
  "Service description": ["Description of Service"],
  "Place of Service": ["Service Location"],
  "Start Date": ["From Date", "Service From"],
  "End Date": ["To Date", "Service To"],
  "Primary Diagnosis": ["Principal Diagnosis", "Diagnosis 1"],
  "Procedure Code": ["CPT/HCPCS", "Service Code"],
  "Servicing Provider": ["Rendering Provider"],
  "Ordering Provider": ["Requesting Provider"],
  "Contact Name": ["Name of Contact"],
  "Contact Phone": ["Contact Telephone", "Callback Number"],
  "Clinical Notes": ["Clinical Summary"],
  Continue: ["Next"],
};

// Look-alikes: the control that each stands beside, its caption, what it is to the payer.
const ALIKE = [
  ["member_id", "Alternate Member ID", "alternate_member_id"],
  ["last_name", "Previous Last Name", "previous_last_name"],
  ["start_date", "Admission Start Date", "admission_start_date"],
  ["contact_phone", "Contact Phone Extension", "contact_phone_extension"],
  ["diagnosis_1", "Admitting Diagnosis", "admitting_diagnosis"],
  ["ordering_npi", "Group NPI", "ordering_group_npi"],
];

function generator(seed) { // mulberry32
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}

const hash = (words) => [...words].reduce((sum, letter) => (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0, 7);
const seeded = () => generator(SET.seed * 7919 + hash(document.body.dataset.page ?? ""));

function shuffled(items, random) {
  const rest = [...items];
  for (let at = rest.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [rest[at], rest[other]] = [rest[other], rest[at]];
  }
  return rest;
}

// The runs of field rows between two section headings: fields move within theirs.
function runs(root) {
  const found = [];
  for (const row of root.querySelectorAll("[data-row]")) {
    const last = found.at(-1);
    if (last && last.at(-1).nextElementSibling === row) last.push(row);
    else found.push([row]);
  }
  return found.filter((run) => run.length > 1);
}

const KINDS = {
  rename(root, random, own) {
    for (const element of root.querySelectorAll(".cap, th, h3, button, .label")) {
      const text = [...element.childNodes].find((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
      const words = text && { ...WORDS, ...own.words }[text.data.trim()];
      if (words && random() < 0.5) text.data = words[Math.floor(random() * words.length)];
    }
  },
  widgets(root) {
    for (const select of root.querySelectorAll("select[data-k]")) toButton(select);
  },
  insert(root, random, own) {
    for (const [near, caption, key] of [...ALIKE, ...(own.alike ?? [])]) {
      const row = root.querySelector(`[data-k="${near}"]`)?.closest("[data-row]");
      if (!row || random() < 0.3) continue;
      const extra = row.cloneNode(true);
      extra.querySelector(".cap").textContent = caption;
      const input = document.createElement("input");
      input.type = "text";
      input.name = input.dataset.k = key;
      extra.querySelector(".ctl").replaceChildren(input);
      row[random() < 0.5 ? "before" : "after"](extra);
    }
  },
  order(root, random) {
    for (const run of runs(root)) {
      const before = document.createComment("");
      run[0].before(before);
      before.replaceWith(...shuffled(run, random));
    }
    for (const table of root.querySelectorAll("[data-columns]")) {
      const columns = shuffled(Object.keys([...table.rows[0].cells]), random);
      for (const row of table.rows) {
        const cells = [...row.cells];
        row.append(...columns.map((column) => cells[column]));
      }
    }
  },
  unbind(root, random) {
    for (const label of root.querySelectorAll("label")) {
      if (random() < 0.4) continue;
      const text = document.createElement("span");
      text.className = label.className;
      text.append(...label.childNodes);
      label.replaceWith(text);
    }
  },
  ids(root, random) {
    for (const control of root.querySelectorAll("[data-k]")) control.id = `x${Math.floor(random() * 1e9).toString(36)}`;
  },
  wrap(root, random) {
    for (const control of root.querySelectorAll(".ctl > *")) {
      if (random() < 0.4) continue;
      const box = document.createElement("div");
      control.replaceWith(box);
      box.append(control);
    }
  },
};

// A native list becomes a button named by its value, with choices that exist while it is open.
function toButton(select) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "choice";
  button.textContent = select.selectedOptions[0].text;
  select.hidden = true;
  select.after(button);
  button.addEventListener("click", () => {
    if (button.nextElementSibling?.matches(".choices")) return button.nextElementSibling.remove();
    const list = document.createElement("div");
    list.className = "choices";
    for (const option of select.options) {
      const item = document.createElement("div");
      item.textContent = option.text;
      item.addEventListener("click", () => {
        select.value = option.value;
        button.textContent = option.text;
        list.remove();
        select.dispatchEvent(new Event("input", { bubbles: true }));
        select.dispatchEvent(new Event("change", { bubbles: true }));
      });
      list.append(item);
    }
    button.after(list);
    return list;
  });
}

// Words and widgets first, ids and boxes last, whatever the order in which the kinds were asked for. `own`:
// a portal's own words and look-alikes, beside those that all have.
export function drift(root, own = {}) {
  if (!SET) return;
  const random = seeded();
  for (const kind of ["rename", "widgets", "insert", "order", "unbind", "ids", "wrap"]) {
    if (SET.kinds.includes(kind)) KINDS[kind](root, random, own);
  }
}

// Draws each form once more after a moment; what was entered until then is lost. `setUp` makes it work.
export function redraw(setUp) {
  if (!SET?.kinds.includes("redraw")) return;
  for (const form of document.querySelectorAll("form[method=post]")) {
    const fresh = form.cloneNode(true);
    setTimeout(() => {
      form.replaceWith(fresh);
      setUp(fresh);
    }, 150 + Math.floor(seeded()() * 500));
  }
}
