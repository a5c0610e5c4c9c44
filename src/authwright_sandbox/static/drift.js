// Changes pages as a portal's owner might overnight. What, and with which seed, stands on <body>; the same
// seed changes a page in the same way every time, however often it is drawn. A page marks each of its fields
// with data-row (which holds .cap or a label, and the control) or a cell td.left before the control's, its
// controls with data-k, tables whose columns may move with data-columns. A control keeps what it is to the
// payer, so that what is received tells whether something went into the wrong one.

import { ALIKE, LONGER, ONWARD, REWORDED, SECTIONS, SENDING, SIGNS, WORDS } from "./drift_words.js";
import { toButton, toParts, toSelect, toSuggesting } from "./drift_widgets.js";

const SET = JSON.parse(document.body.dataset.drift ?? "null");
export const on = (kind) => SET !== null && SET.kinds.includes(kind);

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
const dice = (words) => generator(SET.seed * 7919 + hash(words));
const pick = (items, words) => items[Math.floor(dice(words)() * items.length)];

function shuffled(items, random) {
  const rest = [...items];
  for (let at = rest.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [rest[at], rest[other]] = [rest[other], rest[at]];
  }
  return rest;
}

// ---- what is done already, so that a page may be gone through again after each change of its own

const seen = new Map();
function fresh(kind, elements) {
  if (!seen.has(kind)) seen.set(kind, new WeakSet());
  return [...elements].filter((each) => !seen.get(kind).has(each) && seen.get(kind).add(each));
}
const written = new WeakMap();

// Says in the console what has changed a page, for whoever wants to know whether a kind had anything to change.
const EVERYTHING = { subtree: true, childList: true, attributes: true, characterData: true };
const told = new Set();
export function tell(kind) {
  if (!told.has(kind)) console.debug(`drift: ${kind}`);
  told.add(kind);
}

function watched(root, kind, change) {
  const watcher = new MutationObserver(() => {});
  watcher.observe(root, EVERYTHING);
  change();
  if (watcher.takeRecords().length) tell(kind);
  watcher.disconnect();
}

// ---- fields

const CONTROL = "input:not([type=hidden]):not([type=file]), select, textarea, .dropdown, button.sel";
const TEXT = "input:not([type]), input[type=text]";

const textIn = (element) => {
  const walker = document.createTreeWalker(element, NodeFilter.SHOW_TEXT, (node) =>
    (/\w/.test(node.data) ? NodeFilter.FILTER_ACCEPT : NodeFilter.FILTER_SKIP));
  return walker.nextNode();
};
const bare = (text) => text.trim().replace(/[\s*:]+$/, "");

// { nodes: what moves together, cap, control, words: the caption }
function fieldOf(nodes, cap) {
  const inside = nodes.flatMap((node) => (node === cap ? [] : node.matches(CONTROL) ? [node] : [...node.querySelectorAll(CONTROL)]));
  const text = cap && textIn(cap);
  return { nodes, cap, control: inside.find((each) => !each.hidden), words: text ? bare(text.data) : "" };
}

const untilNext = (cell) => {
  const nodes = [cell];
  for (let next = cell.nextElementSibling; next && !next.matches("td.left"); next = next.nextElementSibling) nodes.push(next);
  return nodes;
};

function fieldsIn(root) {
  const rows = [...root.querySelectorAll("[data-row]")].map((row) => fieldOf([row], row.querySelector(".cap, label, legend")));
  const cells = [...root.querySelectorAll("td.left")].map((cell) => fieldOf(untilNext(cell), cell));
  return [...rows, ...cells].filter((each) => each.cap && each.control && each.words);
}

const starred = ({ cap, control }) => /\*|required/.test(cap.textContent) || control.matches("[data-required], [required]");
// One of the three boxes of a date is neither.
const isPart = (control) => control.placeholder === "MM";
const plainText = ({ control }) => control.matches(TEXT) && !control.dataset.widget && !control.readOnly && !isPart(control);
const isDate = ({ nodes, control }) => control.matches(TEXT) && !isPart(control) && (control.dataset.widget === "date" || nodes.some((node) => /MM\/DD\/YYYY/.test(node.innerHTML)));

function write(field, words) {
  const text = textIn(field.cap);
  const old = bare(text.data);
  text.data = text.data.replace(old, () => words);
  written.set(text, text.data);
  if (field.control.getAttribute("aria-label") === old) field.control.setAttribute("aria-label", words);
}

// Runs of neighbours with one parent: fields move within theirs.
function runs(groups) {
  const found = [];
  for (const group of groups) {
    const last = found.at(-1)?.at(-1);
    if (last && last.at(-1).nextElementSibling === group[0]) found.at(-1).push(group);
    else found.push([group]);
  }
  return found.filter((run) => run.length > 1);
}

function reorder(groups, order) {
  if (order.every((group, at) => group === groups[at])) return;
  const parent = groups[0][0].parentNode;
  const after = groups.at(-1).at(-1).nextSibling;
  for (const group of order) for (const node of group) parent.insertBefore(node, after);
}

const pairsOf = (list) => {
  const nodes = [...list.children];
  return Array.from({ length: Math.floor(nodes.length / 2) }, (_, at) => nodes.slice(at * 2, at * 2 + 2));
};

// ---- words

function reword(elements, words, share) {
  for (const element of elements) {
    const text = textIn(element);
    if (!text || written.get(text) === text.data) continue;
    const old = bare(text.data);
    if (!words[old] || dice(`share ${old}`)() > share) continue;
    const now = pick(words[old], `word ${old}`);
    text.data = text.data.replace(old, () => now);
    written.set(text, text.data);
    for (const named of element.parentElement.querySelectorAll("[aria-label]")) {
      if (named.getAttribute("aria-label") === old) named.setAttribute("aria-label", now);
    }
  }
}

const CAPTIONS = ".cap, label, td.left, dt, th, .label, .k, h3";
const HINTS = ["as on the card", "see instructions", "no dashes"];

function decorated(field) {
  if (isDate(field) || isPart(field.control)) return `${field.words} (MM/DD/YYYY)`;
  if (field.control.matches("select, .dropdown, button")) return `${field.words} (select one)`;
  return `${field.words} (${starred(field) ? "required" : "optional"})`;
}

// ---- look-alikes

function beside(field, caption, key, before) {
  const extra = field.nodes.map((node) => node.cloneNode(true));
  const copy = fieldOf(extra, extra.find((node) => node.matches("td.left")) ?? extra[0].querySelector(".cap, label, legend"));
  const input = document.createElement("input");
  input.type = "text";
  input.name = input.dataset.k = key;
  for (const label of extra.flatMap((node) => [...node.querySelectorAll("label")])) label.removeAttribute("for");
  write(copy, caption);
  const widget = copy.control.closest(".typeahead, .parts, .beside") ?? copy.control;
  widget.replaceWith(input);
  for (const node of extra) node.querySelectorAll("select, button, .note").forEach((each) => each.remove());
  for (const node of extra) seen.get("ids")?.add(node);
  if (before) field.nodes[0].before(...extra);
  else field.nodes.at(-1).after(...extra);
  return { copy, input };
}

const byKey = (root, key) => fieldsIn(root).find((field) => field.nodes.some((node) => node.matches(`[data-k="${key}"]`) || node.querySelector(`[data-k="${key}"]`)));

// What was entered comes back from the payer as it was: no start any more.
const keyOf = (control) => control.dataset.k ?? control.name;
const entered = (control) => Boolean(keyOf(control)) && sessionStorage.getItem(`entered ${keyOf(control)}`) !== null;
if (on("preset")) {
  for (const kind of ["input", "change"]) document.addEventListener(kind, ({ target }) => sessionStorage.setItem(`entered ${keyOf(target)}`, ""), true);
}

const mainButtons = (root) => [...root.querySelectorAll("button.main, button.primary, [data-act=continue], [data-act=next], [data-act=submit], .dialog-main ~ .actions button")];
const onwardRow = (button) => button.closest(".buttons, .actions, .onward, p") ?? button;

// Each kind changes the page and the fields in it; what each means for a run stands in drift.py.
const KINDS = {
  rename: (root, own) => reword(root.querySelectorAll(CAPTIONS), { ...WORDS, ...own.words }, 0.5),
  reworded: (root, own) => reword(root.querySelectorAll(CAPTIONS), { ...REWORDED, ...own.reworded }, 0.7),
  longer: (root) => reword(root.querySelectorAll(CAPTIONS), LONGER, 0.7),
  onward: (root, own) => reword(root.querySelectorAll("button, a"), { ...ONWARD, ...own.onward }, 1),
  sending: (root) => reword(root.querySelectorAll("button"), SENDING, 1),
  headings: (root, own) => reword(root.querySelectorAll("h1, h2, h3, legend, .steps li"), { ...SECTIONS, ...own.sections }, 1),
  hints(root) {
    for (const field of fieldsIn(root)) if (fresh("hints", [field.control]).length) write(field, decorated(field));
  },
  remarks(root) {
    for (const field of fieldsIn(root)) {
      if (!plainText(field) || !fresh("remarks", [field.control]).length || dice(`remark ${field.words}`)() < 0.5) continue;
      write(field, `${field.words} (${pick(HINTS, field.words)})`);
    }
  },
  case(root) {
    for (const field of fieldsIn(root)) write(field, field.words.toUpperCase());
  },
  icons(root) {
    for (const button of root.querySelectorAll("button")) {
      const sign = SIGNS[button.textContent];
      if (!sign) continue;
      button.title = button.textContent;
      button.textContent = sign;
    }
  },
  preset(root) {
    for (const { control } of fieldsIn(root)) {
      if (!fresh("preset", [control]).length || entered(control)) continue;
      if (control.matches("select") && control.options.length > 1) control.selectedIndex = 1 + Math.floor(dice(control.name)() * (control.options.length - 1));
      else if (control.matches(TEXT) && /^\d+$/.test(control.value)) control.value = String(Number(control.value) + 1);
      else continue;
      control.dataset.preset = control.value;
    }
  },
  widgets(root) {
    const lists = fresh("widgets", root.querySelectorAll("select[data-k]:not([hidden])"));
    for (const box of fresh("widgets", root.querySelectorAll("[data-k].dropdown"))) fresh("widgets", [toSelect(box)]);
    lists.forEach(toButton);
  },
  parts(root) {
    for (const field of fieldsIn(root)) if (isDate(field) && fresh("parts", [field.control]).length) toParts(field.control);
  },
  suggest(root) {
    for (const field of fieldsIn(root)) if (plainText(field) && !isDate(field) && fresh("suggest", [field.control]).length) toSuggesting(field.control);
  },
  insert(root, own) {
    for (const [near, caption, key] of [...ALIKE, ...(own.alike ?? [])]) {
      const field = byKey(root, near);
      if (!field || !fresh(`insert ${key}`, [field.control]).length || dice(`insert ${key}`)() < 0.3) continue;
      beside(field, caption, key, dice(`side ${key}`)() < 0.5);
    }
  },
  twin(root) {
    const fields = fieldsIn(root).filter((field) => plainText(field) && starred(field) && !field.control.closest("[data-many], [data-block]"));
    if (fresh("twin", fields.map((field) => field.control)).length < (fields.length || 1)) return;
    const field = pick(fields, "twin");
    beside(field, field.words, `${field.control.dataset.k}_twin`, dice("side twin")() < 0.5);
  },
  gone(root) {
    const fields = fieldsIn(root).filter(starred);
    if (fresh("gone", fields.map((field) => field.control)).length < (fields.length || 1)) return;
    for (const node of pick(fields, "gone").nodes) node.remove();
  },
  required(root) {
    const [first] = fieldsIn(root).filter(plainText);
    if (!first || root.querySelector("[data-k=requestor_title]") || !mainButtons(root).length) return;
    const { copy, input } = beside(first, "Title of Requestor", "requestor_title", false);
    if (!starred(copy)) copy.cap.append(" *");
    input.setAttribute("data-required", "");
    const wrong = document.createElement("div");
    wrong.setAttribute("role", "alert");
    const empty = (event) => {
      if (input.value.trim() || !input.isConnected || !mainButtons(root).includes(event.target)) return;
      event.preventDefault();
      event.stopImmediatePropagation();
      wrong.textContent = "Title of Requestor is required";
      input.after(wrong);
    };
    root.addEventListener("click", empty, true);
  },
  rows(root) {
    for (const list of fresh("rows", root.querySelectorAll("dl, .facts"))) {
      const pair = pairsOf(list).find(([name]) => /\b(Number|ID|Ref)\b/.test(name.textContent));
      if (!pair) continue;
      const [name, value] = pair.map((node) => node.cloneNode(true));
      name.textContent = `Previous ${name.textContent.trim()}`;
      value.textContent = "0000";
      pair[0].before(name, value);
    }
    for (const row of fresh("rows", root.querySelectorAll("tr, [data-row]"))) {
      const name = row.querySelector(".cap, th[scope=row]");
      const value = name && row.querySelector(".val, th[scope=row] + td");
      if (!value || !/\b(Number|ID)\b/.test(name.textContent)) continue;
      const extra = row.cloneNode(true);
      extra.querySelector(".cap, th[scope=row]").textContent = `Previous ${name.textContent.trim()}`;
      extra.querySelector(".val, th[scope=row] + td").textContent = "0000";
      fresh("rows", [extra]);
      row.before(extra);
    }
  },
  order(root) {
    const groups = [...[...root.querySelectorAll("[data-row]")].map((row) => [row]), ...[...root.querySelectorAll("td.left")].map(untilNext)];
    const sections = [...root.querySelectorAll(".provider")].map((section) => [section]);
    for (const run of [...runs(groups), ...runs(sections)]) {
      if (fresh("order", run.map(([first]) => first)).length < run.length) continue;
      reorder(run, shuffled(run, dice(`order ${run.length} ${run[0][0].textContent}`)));
    }
  },
  exchange(root) {
    const fields = new Map(fieldsIn(root).filter(plainText).map((field) => [field.nodes[0], field]));
    const pairs = runs([...fields.values()].map((field) => field.nodes)).map((run) => run.slice(0, 2));
    for (const [one, other] of pairs) {
      if (fresh("exchange", [one[0], other[0]]).length < 2) continue;
      reorder([one, other], [other, one]);
      const [a, b] = [fields.get(one[0]), fields.get(other[0])].map((field) => field);
      const ids = [a.control.id, b.control.id];
      if (!ids[0] || !ids[1]) continue;
      [[a, ids[1]], [b, ids[0]]].forEach(([field, id]) => {
        field.control.id = id;
        if (field.cap.htmlFor) field.cap.htmlFor = id;
      });
    }
  },
  columns(root) {
    for (const list of fresh("columns", root.querySelectorAll("dl, .facts:not(table)"))) {
      if (pairsOf(list).length > 1) reorder(pairsOf(list), shuffled(pairsOf(list), dice(`pairs ${list.children.length}`)));
    }
    for (const table of fresh("columns", root.querySelectorAll("table"))) {
      const heads = table.rows[0] ? [...table.rows[0].cells] : [];
      const even = [...table.rows].every((row) => row.cells.length === heads.length);
      if (heads.length < 2 || !heads.every((cell) => cell.tagName === "TH") || !even || table.querySelector("input, select")) continue;
      const places = shuffled(Object.keys(heads), dice(`columns ${table.rows[0].textContent}`));
      for (const row of table.rows) {
        const cells = [...row.cells];
        row.append(...places.map((place) => cells[place]));
      }
    }
  },
  buttons(root) {
    for (const button of mainButtons(root)) {
      const row = onwardRow(button);
      if (!fresh("buttons", [row]).length || row === button) continue;
      row.append(...[...row.children].reverse());
      row.parentNode.prepend(row);
    }
  },
  place(root) {
    for (const { nodes, cap, control } of fieldsIn(root)) {
      if (!fresh("place", [control]).length || control.matches("[type=radio], [type=checkbox]")) continue;
      const [name, box] = [cap.getBoundingClientRect(), control.getBoundingClientRect()];
      if (cap.tagName === "TD") {
        const above = document.createElement("div");
        above.className = "cap";
        above.append(...cap.childNodes);
        (control.closest("td") ?? nodes[1]).prepend(above);
      } else if (name.bottom <= box.top + 2) {
        Object.assign(nodes[0].style, { display: "flex", gap: "8px", alignItems: "center", width: "100%" });
        Object.assign(cap.style, { width: "200px", flex: "none" });
      } else {
        nodes[0].style.display = cap.style.display = "block";
      }
    }
  },
  split(root) {
    const [button] = mainButtons(root);
    const fields = fieldsIn(root);
    if (!button || fields.length < 4 || fresh("split", [button]).length === 0) return;
    const half = Math.ceil(fields.length / 2);
    const [first, second] = [fields.slice(0, half), fields.slice(half)].map((part) => part.flatMap((field) => field.nodes));
    const more = button.cloneNode(true);
    Object.assign(more, { type: "button", disabled: false });
    delete more.dataset.act;
    const show = (nodes, seen_) => nodes.forEach((node) => { node.style.display = seen_ ? "" : "none"; });
    show([...second, button], false);
    more.addEventListener("click", () => {
      show([...second, button], true);
      show([...first, more], false);
    });
    button.after(more);
    fresh("split", [more]);
  },
  unbind(root) {
    for (const label of fresh("unbind", root.querySelectorAll("label"))) {
      if (dice(`unbind ${label.textContent}`)() < 0.4) continue;
      const text = document.createElement("span");
      text.className = label.className || "cap";
      text.style.display = getComputedStyle(label).display;
      text.append(...label.childNodes);
      label.replaceWith(text);
    }
    for (const named of fresh("unbind", root.querySelectorAll("[aria-label]"))) {
      if (dice(`name ${named.getAttribute("aria-label")}`)() < 0.6 && named.matches("input, select")) named.removeAttribute("aria-label");
    }
  },
  inside(root) {
    for (const field of fieldsIn(root)) {
      const { cap, control, words } = field;
      if (!plainText(field) || isDate(field) || !fresh("inside", [control]).length) continue;
      control.placeholder = words;
      control.removeAttribute("aria-label");
      cap.replaceChildren();
    }
  },
  ids(root) {
    for (const control of fresh("ids", root.querySelectorAll("[data-k], [data-row] input, [data-row] select"))) {
      const random = dice(`id ${control.dataset.k ?? control.name} ${control.id}`);
      const label = control.id && root.querySelector(`label[for="${CSS.escape(control.id)}"]`);
      control.id = `x${Math.floor(random() * 1e9).toString(36)}`;
      control.classList.add(`c${Math.floor(random() * 1e6).toString(36)}`);
      if (label) label.htmlFor = control.id;
      if (!control.name) control.setAttribute("name", `n${Math.floor(random() * 1e9)}`);
    }
  },
  wrap(root) {
    for (const { nodes, control, words } of fieldsIn(root)) {
      if (control.matches("[type=radio], [type=checkbox]") || !fresh("wrap", [control]).length || dice(`wrap ${words}`)() < 0.4) continue;
      const widget = nodes[0].querySelector(".ctl") ? null : control.closest(".typeahead, .dropdown") ?? control;
      const held = widget ? [widget] : [...nodes[0].querySelector(".ctl").childNodes];
      const place = document.createComment("");
      held[0].before(place);
      const [outer, inner] = ["div", "div"].map((tag) => document.createElement(tag));
      outer.append(inner);
      inner.append(...held);
      place.replaceWith(outer);
    }
  },
  second(root) {
    const sends = [...root.querySelectorAll("button")].find((button) => SENDING[bare(button.textContent)]);
    if (!sends || root.querySelector("[data-second]")) return;
    const box = document.createElement("p");
    box.dataset.second = "";
    const other = document.createElement("button");
    Object.assign(other, { type: "button", textContent: sends.textContent });
    box.append("Was this page of help? ", other);
    onwardRow(sends)[dice("second")() < 0.5 ? "before" : "after"](box);
  },
  notice(root) {
    if (!mainButtons(root).length || document.querySelector("[data-notice]") || sessionStorage.getItem("noticed")) return;
    const shade = document.createElement("div");
    shade.dataset.notice = "";
    shade.setAttribute("role", "dialog");
    shade.setAttribute("aria-modal", "true");
    shade.style.cssText = "position:fixed;inset:0;background:rgba(0,0,0,.4);z-index:90;padding:120px";
    shade.innerHTML = '<div style="background:#fff;padding:24px"><h2>Planned maintenance</h2><p>The portal will not be available on Sunday.</p><button type="button">Close</button></div>';
    shade.querySelector("button").addEventListener("click", () => {
      sessionStorage.setItem("noticed", "1");
      shade.remove();
    });
    document.body.append(shade);
    tell("notice"); // outside of what is watched
  },
};

// The words first, ids and boxes last, whatever the order in which the kinds were asked for. `own`: a portal's
// own words and look-alikes, beside those that all have.
export function drift(root, own = {}) {
  if (!SET) return;
  for (const [kind, change] of Object.entries(KINDS)) {
    if (on(kind)) watched(root, kind, () => change(root, own));
  }
}

// The same for a page that draws itself: whatever comes into `root` later is changed as well.
export function driftAlways(root, own = {}) {
  if (!SET) return;
  drift(root, own);
  new MutationObserver(() => drift(root, own)).observe(root, { childList: true, subtree: true });
}

// Milliseconds after which a page draws itself once more and forgets what was entered, 0 if it doesn't.
export function lateRender(page) {
  return on("redraw") ? 150 + Math.floor(dice(`late ${page}`)() * 500) : 0;
}

// That, for forms that the server made. `setUp` makes the new one work.
export function redraw(setUp) {
  const late = lateRender(document.body.dataset.page ?? "");
  if (!late) return;
  for (const form of document.querySelectorAll("form[method=post]")) {
    const anew = form.cloneNode(true);
    setTimeout(() => {
      form.replaceWith(anew);
      tell("redraw");
      setUp(anew);
    }, late);
  }
}
