// The picker of procedure codes: a component with a shadow root of its own.

import { drift } from "/united/shared/drift.js";
import { h, get, table } from "./dom.js";

const STYLE = `
  :host { display: block; }
  .line { display: grid; grid-template-columns: 2fr 1fr 1fr auto; gap: 10px; align-items: end; }
  .line.short { grid-template-columns: 2fr auto; }
  .cap { font-size: 14px; margin-bottom: 3px; }
  input { box-sizing: border-box; width: 100%; padding: 7px 8px; font: inherit; border: 1px solid #8a8f98; border-radius: 3px; }
  button { padding: 6px 14px; font: inherit; color: #0a5cb8; background: #fff; border: 1px solid #0a5cb8; border-radius: 20px; }
  .held { position: relative; }
  ul { position: absolute; z-index: 20; margin: 0; padding: 4px 0; width: 100%; list-style: none; background: #fff; border: 1px solid #8a8f98; }
  li { padding: 6px 12px; cursor: pointer; }
  .wrong { color: #b3261e; font-size: 13px; min-height: 18px; }
`;

class CodePicker extends HTMLElement {
  // Units and modifier are asked for only where the attribute "units" stands.
  connectedCallback() {
    if (this.shadowRoot) return;
    const root = this.attachShadow({ mode: "open" });
    const withUnits = this.hasAttribute("units");
    const cap = (label, star) => h("div", { class: "cap" }, h("span", {}, label), star && h("span", {}, "*"), h("span", {}, ":"));
    this.code = h("input", { type: "text", autocomplete: "off" });
    this.modifier = h("input", { type: "text", maxlength: "2", autocomplete: "off" });
    this.units = h("input", { type: "text", value: "1", autocomplete: "off" });
    this.wrong = h("div", { class: "wrong" });
    const add = h("button", { type: "button", onclick: () => this.add() }, "Add");
    this.held = h("div", { class: "held" }, this.code);
    root.append(h("style", {}, STYLE), h("div", { class: withUnits ? "line" : "line short" },
      h("div", { "data-row": "" }, cap("Procedure Code", true), this.held),
      withUnits && h("div", { "data-row": "" }, cap("Modifier"), this.modifier),
      withUnits && h("div", { "data-row": "" }, cap("Units", true), this.units),
      add), this.wrong);
    drift(root);
    let timer = 0;
    this.code.addEventListener("input", () => { clearTimeout(timer); timer = setTimeout(() => this.suggest(), 150); });
    this.code.addEventListener("blur", () => { clearTimeout(timer); this.asked = null; this.close(); });
  }

  close() { this.menu?.remove(); this.menu = null; }

  async suggest() {
    const ticket = (this.asked = {});
    const found = await get("procedures", { q: this.code.value });
    if (ticket !== this.asked) return;
    this.close();
    if (!found.length) return;
    this.menu = h("ul", {}, ...found.map((line) => h("li", {
      onmousedown: (event) => { event.preventDefault(); this.code.value = line; this.close(); } }, line)));
    this.held.append(this.menu);
  }

  add() {
    const code = this.code.value.split(" - ")[0].trim().toUpperCase();
    const units = this.units.value.trim();
    this.wrong.textContent = "";
    if (!/^([A-Z]\d{4}|\d{4}[A-Z0-9])$/.test(code)) this.wrong.textContent = "Enter a valid code.";
    else if (!/^[1-9]\d*$/.test(units)) this.wrong.textContent = "Units must be a whole number.";
    else {
      this.dispatchEvent(new CustomEvent("picked", { detail: { code, modifier: this.modifier.value.trim().toUpperCase(), units } }));
      this.code.value = "";
      this.modifier.value = "";
      this.units.value = "1";
    }
  }
}

customElements.define("code-picker", CodePicker);

// The picker with the table (or chips) of what was added. `most` lines at most, then Add does nothing.
export function procedures(most, withUnits) {
  const lines = [];
  const shown = h("div", {});
  const picker = h("code-picker", withUnits ? { units: "" } : {});
  const say = () => picker.dispatchEvent(new CustomEvent("changed", { bubbles: true }));
  const remove = (at) => h("button", { type: "button", class: "icon", title: "Remove", onclick: () => { lines.splice(at, 1); draw(); say(); } }, "\u00d7");
  const draw = () => {
    if (!lines.length) return shown.replaceChildren();
    const head = withUnits ? ["Code", "Modifier", "Units", ""] : ["Code", ""];
    const cells = (line, at) => [line.code, ...(withUnits ? [line.modifier, line.units] : []), remove(at)];
    shown.replaceChildren(table(head, lines.map(cells)));
  };
  picker.addEventListener("picked", (event) => {
    if (lines.length >= most || (!withUnits && lines.some((line) => line.code === event.detail.code))) return;
    lines.push(event.detail);
    draw();
    say();
  });
  return { element: h("div", {}, picker, shown), lines: () => [...lines] };
}
