// Controls of another make in place of those that a page has. The old one stays behind, unseen, and still
// holds what the payer gets.

const tell = (control) => {
  for (const event of ["input", "change"]) control.dispatchEvent(new Event(event, { bubbles: true }));
  control.dispatchEvent(new FocusEvent("focusout", { bubbles: true }));
};

function make(tag, props, ...children) {
  const element = Object.assign(document.createElement(tag), props);
  element.append(...children);
  return element;
}

// A native list becomes a button named by its value, with choices that exist while it is open.
export function toButton(select) {
  const button = make("button", { type: "button", className: "choice", textContent: select.selectedOptions[0].text });
  select.hidden = true;
  select.after(button);
  button.addEventListener("click", () => {
    if (button.nextElementSibling?.matches(".choices")) return button.nextElementSibling.remove();
    const list = make("div", { className: "choices" });
    for (const option of select.options) {
      const item = make("div", { textContent: option.text });
      item.style.cursor = "pointer";
      item.addEventListener("click", () => {
        select.value = option.value;
        button.textContent = option.text;
        list.remove();
        tell(select);
      });
      list.append(item);
    }
    button.after(list);
    return list;
  });
}

// The list that a page draws itself, with its options in a template, becomes a native one.
export function toSelect(box) {
  const select = document.createElement("select");
  select.dataset.k = box.dataset.k;
  select.toggleAttribute("data-required", box.hasAttribute("data-required"));
  select.append(new Option(box.querySelector("button").textContent, ""));
  for (const item of box.querySelector("template").content.children) {
    select.append(new Option(item.textContent, item.dataset.value ?? item.textContent));
  }
  box.replaceWith(select);
  return select;
}

// A date's box becomes three, for month, day and year.
export function toParts(control) {
  const boxes = [["MM", 2], ["DD", 2], ["YYYY", 4]].map(([mask, most]) =>
    make("input", { type: "text", placeholder: mask, maxLength: most, autocomplete: "off" }));
  boxes.forEach((box, at) => { box.value = control.value.split("/")[at] ?? ""; });
  const parts = make("span", { className: "date-parts" }, boxes[0], "/", boxes[1], "/", boxes[2]);
  for (const box of boxes) {
    box.style.width = "60px";
    box.addEventListener("input", (event) => {
      event.stopPropagation();
      control.value = boxes.some((each) => each.value) ? boxes.map((each) => each.value).join("/") : "";
      tell(control);
    });
  }
  control.hidden = true;
  control.after(parts);
}

// A plain box begins to suggest; what was typed counts, picked or not.
export function toSuggesting(control) {
  const list = make("div", { className: "choices" });
  control.setAttribute("role", "combobox");
  control.setAttribute("aria-autocomplete", "list");
  control.addEventListener("input", () => {
    list.replaceChildren();
    const typed = control.value.trim();
    if (typed.length < 3) return list.remove();
    const item = make("div", { textContent: typed });
    item.setAttribute("role", "option");
    item.addEventListener("mousedown", (event) => { event.preventDefault(); list.remove(); });
    list.append(item);
    return control.after(list);
  });
  control.addEventListener("blur", () => list.remove());
}
