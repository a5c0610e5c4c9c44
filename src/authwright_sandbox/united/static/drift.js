// Changes the forms as a portal's owner might overnight. What, and with which seed, stands on <body>.
// A field keeps its key, so that what is received tells whether something went into the wrong one.

import { h } from "./dom.js";

const SET = JSON.parse(document.body.dataset.drift ?? "null");

const WORDS = {
  "Member ID": ["Subscriber ID", "Member Number"],
  "Last Name": ["Member Last Name", "Surname"],
  "First Name": ["Member First Name", "Given Name"],
  "Date of Birth": ["Birth Date", "DOB"],
  "Place of Service": ["Service Location"],
  "Service Type": ["Type of Service"],
  "Service Start Date": ["Start Date", "Service From"],
  "Service End Date": ["End Date", "Service To"],
  "Diagnosis Code": ["ICD-10 Code", "Diagnosis"],
  "Servicing Provider NPI": ["Rendering Provider NPI"],
  "Contact Name": ["Name of Contact"],
  "Clinical Notes": ["Clinical Information"],
  Next: ["Continue"],
};

// Look-alikes: the key that each stands beside, its caption, what it is to the payer.
const ALIKE = [
  ["member_id", "Alternate Member ID", "alternate_member_id"],
  ["last_name", "Previous Last Name", "previous_last_name"],
  ["contact_phone", "Contact Phone Extension", "contact_phone_extension"],
  ["start_date", "Admission Start Date", "admission_date"],
  ["requesting", "Requesting Group NPI", "requesting_group"],
];
const SECTIONS = {
  "Member Information": "Patient", "Service Details": "Services Requested", "Provider Details": "Care Team",
  "Clinical Information": "Clinical", "Review and Submit": "Summary", Diagnosis: "Diagnoses", Procedures: "Codes",
  Contact: "Who can we call?", "Notes and Documents": "Attachments", Services: "Service Lines",
};
const SIGNS = { Add: "+", "Find Member": "\u2315", Search: "\u2315", Check: "\u2713", Back: "\u2039", Clear: "\u00d7" };
const HINTS = { segmented: " (MM/DD/YYYY)", dated: " (MM/DD/YYYY)", provider: " (10 digits)" };
const SWAPPED = { choice: "native", native: "choice", segmented: "dated", dated: "segmented" };

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
const on = (kind) => SET !== null && SET.kinds.includes(kind);

function shuffled(items, random) {
  const rest = [...items];
  for (let at = rest.length - 1; at > 0; at--) {
    const other = Math.floor(random() * (at + 1));
    [rest[at], rest[other]] = [rest[other], rest[at]];
  }
  return rest;
}

// Other words for about half of the labels and buttons.
export function renamed(label, page) {
  const words = on("rename") && WORDS[label];
  if (!words) return label;
  const random = dice(page + label);
  return random() < 0.5 ? label : words[Math.floor(random() * words.length)];
}

export const section = (title) => (on("headings") && SECTIONS[title]) || title;

export function caption(spec) {
  const text = on("hints") && HINTS[spec.kind] ? spec.label + HINTS[spec.kind] : spec.label;
  return on("case") ? text.toUpperCase() : text;
}

// A button's word moves into its title.
export function signed(button) {
  const sign = on("icons") && SIGNS[button.textContent];
  if (!sign) return button;
  button.title = button.textContent;
  button.textContent = sign;
  return button;
}

// The columns of a table (`titles` and each row), or pairs of name and value, in another order.
export function columns(titles, rows) {
  if (!on("columns")) return [titles, rows];
  const places = shuffled(titles.map((_, at) => at), dice(titles.join()));
  const put = (cells) => places.map((at) => cells[at]);
  return [put(titles), rows.map(put)];
}
export const pairs = (facts) => (on("columns") ? shuffled(facts, dice(facts.map(([name]) => name).join())) : facts);

// The row of buttons below a form, or above it.
export function placed(form, buttons) {
  if (!on("buttons")) return [...form, buttons];
  buttons.append(...[...buttons.children].reverse());
  return [buttons, ...form];
}

export function drifted(specs, page) {
  if (!SET) return specs;
  const random = dice(page);
  let out = specs.map((spec) => ({ ...spec, label: renamed(spec.label, page) }));
  if (on("widgets")) out = out.map((spec) => ({ ...spec, kind: SWAPPED[spec.kind] ?? spec.kind }));
  if (on("insert")) {
    for (const [near, label, key] of ALIKE) {
      const at = out.findIndex((spec) => spec.key === near);
      if (at >= 0 && random() < 0.7) out.splice(at + Math.floor(random() * 2), 0, { key, label, kind: "text" });
    }
  }
  // One of the fields, but not the only one.
  const at = Math.floor(random() * out.length);
  if (on("twin") && out.length > 1) out.splice(at, 0, { ...out[at], key: `${out[at].key}_twin`, required: false });
  if (on("gone") && out.length > 1) out.splice(at, 1);
  return on("order") ? shuffled(out, random) : out;
}

// Other ids, names, classes and boxes around one field's cell.
export function disguise(cell, spec, page) {
  if (!SET) return cell;
  const random = dice(page + spec.key);
  if (on("ids")) {
    cell.classList.add(`x${Math.floor(random() * 1e6).toString(36)}`);
    for (const each of cell.querySelectorAll("input, textarea, select, button")) each.id = `x${Math.floor(random() * 1e9).toString(36)}`;
  }
  if (on("unbind") && random() < 0.6) {
    const cap = cell.querySelector(".cap");
    cap.replaceChildren(cap.textContent);
  }
  if (on("wrap") && random() < 0.6) {
    const held = cell.querySelector(".ctl");
    const inner = h("div", {}, h("div", {}, ...held.childNodes));
    held.append(inner);
  }
  return cell;
}

// Milliseconds after which a form draws itself once more and forgets what was typed until then.
export function lateRender(page) {
  return on("redraw") ? 150 + Math.floor(dice(page)() * 500) : 0;
}
