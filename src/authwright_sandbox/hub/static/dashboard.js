// The dashboard's search.

import { drift } from "/hub/shared/drift.js";
import { getText, moment } from "./calls.js";

const form = document.getElementById("search");
const results = document.getElementById("results");
let asked = 0;

async function search() {
  const ticket = ++asked;
  results.innerHTML = '<div class="spinner" role="status">Loading...</div>';
  try {
    const html = await getText(`/hub/app/dashboard/results?${new URLSearchParams(new FormData(form))}`);
    if (ticket !== asked) return;
    results.innerHTML = html;
    drift(results);
  } catch (error) {
    results.innerHTML = '<p class="alert" role="alert"></p>';
    results.firstChild.textContent = error.message;
  }
}

form.addEventListener("submit", (event) => { event.preventDefault(); search(); });
drift(form.parentElement);
await moment(120);
search();
