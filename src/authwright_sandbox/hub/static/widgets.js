// The frame's controls: masked dates, numbers, a drop-down of its own, type-ahead, the NPI look-up.
// Each has a value (what the payer gets) and says whether it is valid; "settled" tells the page.

import { getJson } from "./calls.js";

const settled = (element) => element.dispatchEvent(new CustomEvent("settled", { bubbles: true }));

export function valueOf(element) {
  if (element.matches(".dropdown")) return element.dataset.value ?? "";
  if (element.dataset.widget === "typeahead") return element.dataset.picked ?? "";
  return element.value.trim();
}

// Options of a drop-down of the page's own; an option's value is its text unless it names one.
function optionText(box, value) {
  const options = [...box.querySelector("template").content.children];
  return options.find((option) => option.dataset.value === value)?.textContent ?? value;
}

export function setValue(element, value, text) {
  if (element.matches(".dropdown")) {
    element.dataset.value = value;
    if (value) element.querySelector("button").textContent = text ?? optionText(element, value);
  } else {
    element.value = text ?? value;
    if (element.dataset.widget === "typeahead") element.dataset.picked = value;
  }
}

function isDate(text) {
  const parts = /^(\d\d)\/(\d\d)\/(\d{4})$/.exec(text);
  if (!parts) return false;
  const [month, day, year] = [Number(parts[1]), Number(parts[2]), Number(parts[3])];
  const date = new Date(year, month - 1, day);
  return date.getMonth() === month - 1 && date.getDate() === day;
}

// What is wrong with a control, "" if nothing is.
export function problemOf(element) {
  const value = valueOf(element);
  if (!value) {
    if (element.dataset.widget === "typeahead" && element.value) return "Choose a code from the list";
    return element.hasAttribute("data-required") ? "Required" : "";
  }
  if (element.dataset.widget === "date" && !isDate(value)) return "Enter a date as MM/DD/YYYY";
  if (element.dataset.widget === "number" && !/^[1-9]\d*$/.test(value)) return "Enter a whole number";
  if (element.dataset.widget === "npi") return element.dataset.problem ?? "Looking up...";
  return "";
}

export function showProblem(element) {
  const problem = problemOf(element);
  const box = element.closest("td, .cell");
  box.querySelector(".error")?.remove();
  element.classList.toggle("wrong", problem !== "");
  if (problem) {
    const error = document.createElement("span");
    error.className = "error";
    error.textContent = problem;
    box.append(error);
  }
}

function dateMask(input) {
  input.addEventListener("input", () => {
    const digits = input.value.replace(/\D/g, "").slice(0, 8);
    const parts = [digits.slice(0, 2), digits.slice(2, 4), digits.slice(4)].filter(Boolean);
    input.value = parts.join("/");
  });
}

function dropdown(box) {
  const button = box.querySelector("button");
  const close = () => {
    box.querySelector("ul")?.remove();
    button.setAttribute("aria-expanded", "false");
  };
  button.addEventListener("click", () => {
    if (box.querySelector("ul")) return close();
    const list = document.createElement("ul");
    list.setAttribute("role", "listbox");
    list.append(box.querySelector("template").content.cloneNode(true));
    list.addEventListener("click", (event) => {
      const option = event.target.closest("[role=option]");
      if (!option) return;
      setValue(box, option.dataset.value ?? option.textContent, option.textContent);
      close();
      settled(box);
    });
    box.append(list);
    button.setAttribute("aria-expanded", "true");
  });
  box.addEventListener("focusout", (event) => { if (!box.contains(event.relatedTarget)) setTimeout(close, 150); });
}

// Only a picked suggestion counts; what was typed and not picked is wiped when the field is left.
function typeahead(input) {
  const box = input.parentElement;
  let timer = 0, asked = 0;
  input.setAttribute("role", "combobox");
  input.setAttribute("aria-autocomplete", "list");
  input.autocomplete = "off";
  const close = () => box.querySelector("ul")?.remove();

  async function suggest() {
    const ticket = ++asked;
    const found = await getJson(`${input.dataset.source}?q=${encodeURIComponent(input.value)}`);
    if (ticket !== asked || document.activeElement !== input) return;
    close();
    if (input.value.trim().length < 3) return;
    const list = document.createElement("ul");
    list.setAttribute("role", "listbox");
    if (!found.length) list.innerHTML = "<li class='none'>No matches</li>";
    for (const { code, text } of found) {
      const option = document.createElement("li");
      option.setAttribute("role", "option");
      option.textContent = text;
      option.addEventListener("mousedown", (event) => event.preventDefault());
      option.addEventListener("click", () => { setValue(input, code, text); close(); settled(input); });
      list.append(option);
    }
    box.append(list);
  }

  input.addEventListener("input", () => {
    delete input.dataset.picked;
    clearTimeout(timer);
    timer = setTimeout(suggest, 120);
  });
  input.addEventListener("blur", () => {
    clearTimeout(timer);
    asked++;
    close();
    if (!input.dataset.picked) input.value = "";
  });
}

function npi(input) {
  const section = input.closest("[data-group]");
  const name = section.querySelector("[data-name]");
  let looked = null;
  async function look() {
    const value = input.value.trim();
    if (!value || value === looked) return;
    looked = value;
    delete input.dataset.problem;
    name.value = "";
    try {
      const found = await getJson(`/hub/app/api/providers?npi=${encodeURIComponent(value)}&role=${section.dataset.group}`);
      if (looked !== value) return;
      name.value = found.name;
      input.dataset.problem = "";
    } catch (error) {
      if (looked !== value) return;
      looked = null;
      input.dataset.problem = error.message;
    }
    settled(input);
  }
  input.addEventListener("input", () => { delete input.dataset.problem; name.value = ""; looked = null; });
  input.addEventListener("blur", look);
  if (input.value) look();
}

const WIDGETS = { date: dateMask, typeahead, npi };

// Brings the controls under `root` to life. Values must be set before.
export function enliven(root) {
  root.querySelectorAll(".dropdown").forEach(dropdown);
  root.querySelectorAll("[data-widget]").forEach((element) => WIDGETS[element.dataset.widget]?.(element));
}
