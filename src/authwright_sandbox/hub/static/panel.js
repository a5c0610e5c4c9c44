// A small form with one button that sends: it wakes when its fields are sound.

import { enliven, problemOf, showProblem, valueOf } from "./widgets.js";

const fields = (root) => [...root.querySelectorAll("[data-k]")];

export const button = (root, act) => root.querySelector(`[data-act=${act}]`);

export function payload(root) {
  return Object.fromEntries(fields(root).map((field) => [field.dataset.k, valueOf(field)]));
}

export function complain(root, text) {
  const box = root.querySelector(".problem");
  box.textContent = text;
  box.hidden = !text;
}

function recheck(root) {
  const send = button(root, "send");
  if (send) send.disabled = fields(root).some((field) => problemOf(field) !== "");
}

export function watch(root) {
  root.addEventListener("focusout", (event) => {
    const field = event.target.closest("[data-k]");
    if (field && !event.target.closest(".dropdown")) showProblem(field);
    recheck(root);
  });
  root.addEventListener("settled", (event) => { showProblem(event.target); recheck(root); });
  root.addEventListener("change", (event) => { if (event.target.matches("select")) recheck(root); });
}

export function wake(root) {
  enliven(root);
  recheck(root);
}
