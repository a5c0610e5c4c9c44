// The forms' controls. Each is { element, value(), problem() }; a label is bound to none of them, its
// star and colon are spans of their own.

import { on } from "/united/shared/drift.js";
import { h, get, icon, sendFile } from "./dom.js";

const SELECT = "Select One";
const changed = (element) => element.dispatchEvent(new CustomEvent("changed", { bubbles: true }));

function isDate(text) {
  const parts = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text);
  if (!parts) return false;
  const day = new Date(`${parts[3]}-${parts[1]}-${parts[2]}T00:00:00`);
  return !Number.isNaN(day.getTime()) && day.getDate() === Number(parts[2]);
}

function text(spec) {
  const input = h("input", { type: "text", autocomplete: "off", placeholder: spec.placeholder, maxlength: spec.length });
  input.addEventListener("input", () => changed(input));
  return { element: input, value: () => input.value.trim(), focus: input };
}

function area(spec) {
  const input = h("textarea", { maxlength: spec.length ?? 2000 });
  input.addEventListener("input", () => changed(input));
  return { element: input, value: () => input.value.trim(), focus: input };
}

// A button named by its present value; its choices exist only while it is open, at the end of the page.
function choice(spec) {
  let value = "";
  const opener = h("button", { type: "button", class: "sel" }, SELECT);
  let list = null;
  const close = () => { list?.remove(); list = null; };
  opener.addEventListener("click", () => {
    if (list) return close();
    const box = opener.getBoundingClientRect();
    list = h("ul", { class: "menu", style: `left:${box.left + scrollX}px;top:${box.bottom + scrollY}px;min-width:${box.width}px` });
    for (const option of spec.options) {
      list.append(h("li", { onclick: () => { value = option; opener.textContent = option; close(); changed(opener); } }, option));
    }
    document.getElementById("layer").append(list);
  });
  document.addEventListener("mousedown", (event) => { if (list && !list.contains(event.target) && event.target !== opener) close(); });
  return { element: opener, value: () => (spec.code ? value.split(" - ")[0] : value) };
}

function native(spec) {
  const select = h("select", {}, h("option", { value: "" }, SELECT), ...spec.options.map((option) => h("option", {}, option)));
  select.addEventListener("change", () => changed(select));
  return { element: select, value: () => (spec.code ? select.value.split(" - ")[0] : select.value) };
}

// A few buttons of which one is on; nothing but the colour says which.
function toggle(spec) {
  let value = spec.start ?? "";
  const box = h("div", { class: "toggle" });
  const draw = () => [...box.children].forEach((each) => each.classList.toggle("on", each.textContent === value));
  for (const option of spec.options) {
    box.append(h("button", { type: "button", onclick: () => { value = option; draw(); changed(box); } }, option));
  }
  draw();
  return { element: box, value: () => value };
}

// Month, day and year in boxes of their own; a full box hands on to the next.
function segmented() {
  const boxes = [["MM", 2], ["DD", 2], ["YYYY", 4]].map(([mask, length]) =>
    h("input", { type: "text", inputmode: "numeric", placeholder: mask, maxlength: String(length), autocomplete: "off" }));
  boxes.forEach((box, at) => box.addEventListener("input", () => {
    box.value = box.value.replace(/\D/g, "");
    if (box.value.length === box.maxLength) boxes[at + 1]?.focus();
    changed(box);
  }));
  const value = () => (boxes.every((box) => box.value === "") ? "" : boxes.map((box) => box.value).join("/"));
  const wrong = () => (value() && !isDate(value()) ? "Enter a valid date" : "");
  return { element: h("div", { class: "parts" }, boxes[0], h("span", {}, "/"), boxes[1], h("span", {}, "/"), boxes[2]), value, wrong };
}

// A text box that shows whatever is typed, beside an invisible native date that keeps only a date.
function dated() {
  const shown = h("input", { type: "text", placeholder: "MM/DD/YYYY", autocomplete: "off" });
  const kept = h("input", { type: "date", class: "ghost", tabindex: "-1", "aria-hidden": "true" });
  const take = () => {
    const typed = shown.value.trim();
    kept.value = isDate(typed) ? `${typed.slice(6)}-${typed.slice(0, 2)}-${typed.slice(3, 5)}` : "";
    changed(shown);
  };
  shown.addEventListener("change", take);
  shown.addEventListener("blur", take);
  kept.addEventListener("change", () => { shown.value = kept.value.replace(/(\d+)-(\d+)-(\d+)/, "$2/$3/$1"); changed(shown); });
  const value = () => kept.value.replace(/(\d+)-(\d+)-(\d+)/, "$2/$3/$1");
  return { element: h("div", {}, shown, kept), value, wrong: () => (shown.value && !kept.value ? "Enter the date as MM/DD/YYYY" : "") };
}

// Type-ahead, "Add", chips. What is typed and not added isn't in the list, and nothing says so.
function chips(spec) {
  const codes = [];
  const input = h("input", { type: "text", autocomplete: "off" });
  const list = h("div", { class: "chips" });
  let menu = null, asked = 0, timer = 0;
  const close = () => { menu?.remove(); menu = null; };
  const draw = () => {
    list.replaceChildren(...codes.map((code) => h("span", { class: "chip" }, code,
      h("button", { type: "button", title: "Remove", onclick: () => { codes.splice(codes.indexOf(code), 1); draw(); changed(list); } }, "\u00d7"))));
  };
  async function suggest() {
    const ticket = ++asked;
    const found = await get(spec.source, { q: input.value });
    if (ticket !== asked) return;
    close();
    if (!found.length) return;
    menu = h("ul", { class: "menu" }, ...found.map((line) =>
      h("li", { onmousedown: (event) => { event.preventDefault(); input.value = line; close(); } }, line)));
    box.append(menu);
  }
  input.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(suggest, 150); });
  input.addEventListener("blur", () => { clearTimeout(timer); asked++; close(); });
  const add = () => {
    const code = input.value.split(" - ")[0].trim().toUpperCase();
    if (!code || codes.includes(code) || codes.length >= spec.most) return;
    codes.push(code);
    input.value = "";
    draw();
    changed(list);
  };
  const box = h("div", { class: "ctl" }, h("div", { class: "beside" }, input,
    h("button", { type: "button", class: "btn small", onclick: add }, "Add")), list);
  return { element: box, value: () => [...codes] };
}

// An NPI beside an icon that looks its name up; it counts only once it was looked up.
function provider(spec) {
  let found = "";
  const input = h("input", { type: "text", autocomplete: "off", maxlength: "10" });
  const name = h("div", { class: "note", hidden: true });
  const look = async () => {
    name.hidden = false;
    try {
      const said = await get("providers", { npi: input.value, role: spec.key });
      found = input.value.trim();
      name.textContent = said.name;
    } catch (wrong) {
      found = "";
      name.textContent = wrong.message;
    }
    changed(input);
  };
  input.addEventListener("input", () => { found = ""; name.hidden = true; changed(input); });
  return { element: h("div", {}, h("div", { class: "beside" }, input, icon("\u2315", "Look up", look)), name), value: () => ({ npi: found }), empty: () => !found };
}

function files() {
  const kept = [];
  const input = h("input", { type: "file", multiple: true, style: "display:none" });
  const list = h("div", { class: "chips" });
  input.addEventListener("change", async () => {
    for (const file of [...input.files]) {
      const chip = h("span", { class: "chip" }, `${file.name} (uploading)`);
      list.append(chip);
      try {
        kept.push((await sendFile(file)).id);
        chip.textContent = file.name;
      } catch (wrong) {
        chip.className = "wrong";
        chip.textContent = wrong.message;
      }
      changed(list);
    }
    input.value = "";
  });
  const element = h("div", {}, h("button", { type: "button", class: "btn small", onclick: () => input.click() }, "\u2191 Upload"), input, list);
  return { element, value: () => [...kept], empty: () => kept.length === 0 };
}

// What drift puts in place of a kind.
const SWAPPED = { choice: "native", native: "choice", segmented: "dated", dated: "segmented" };
const KINDS = { text, area, choice, native, toggle, segmented, dated, chips, provider, files };

// A grid of labelled fields from descriptions: { key, label, kind, required, ... }.
export function form(specs, page, columns = "grid") {
  const controls = [];
  const grid = h("div", { class: columns });
  for (const spec of specs) {
    const control = KINDS[(on("widgets") && SWAPPED[spec.kind]) || spec.kind](spec);
    const cap = h("div", { class: "cap" }, h("span", {}, spec.label), spec.required && h("span", { class: "star" }, "*"), h("span", {}, ":"));
    const cell = h("div", { class: spec.wide ? "field wide" : "field", "data-row": "" }, cap, h("div", { class: "ctl" }, control.element), h("div", { class: "wrong" }));
    cell.querySelector("input, textarea")?.setAttribute("data-k", spec.key);
    grid.append(cell);
    controls.push({ ...control, spec, cell });
  }
  const lacking = (each) => each.spec.required && (each.empty ? each.empty() : each.value().length === 0);
  const show = (each) => { each.cell.querySelector(".wrong").textContent = each.wrong?.() ?? ""; };
  grid.addEventListener("changed", () => controls.forEach(show));
  return {
    element: grid,
    complete: () => controls.every((each) => !lacking(each) && !(each.wrong?.() ?? "")),
    values: () => Object.fromEntries(controls.map((each) => [each.spec.key, each.value()])),
  };
}
