import { drift } from "/caqh/shared/drift.js";

const LIKE = {
  words: {
    "Address Line 1": ["Street Address", "Address 1"],
    "Address Line 2": ["Suite or Floor"],
    "ZIP Code": ["Postal Code"],
    "Phone Number": ["Telephone"],
    "Expiration Date": ["Valid Until"],
    "Policy Number": ["Certificate Number"],
    Save: ["Save Changes"],
  },
  alike: [
    ["policy.to", "Retroactive Date", "policy.retroactive"],
    ["contact.phone", "Mobile Number", "contact.mobile"],
    ["home.line1", "Former Address Line 1", "home.former"],
  ],
};

async function call(path, init = {}) {
  const answer = await fetch(path, { ...init, headers: { "x-call": "1" } });
  if (answer.status === 401 || answer.status === 404) location.href = (await answer.json()).go;
  return answer;
}

// Dialogs: their inside comes late; what was saved is drawn into the page behind.
const dialog = document.getElementById("window");

function explain() {
  for (const row of dialog.querySelectorAll("[data-when]")) {
    const chosen = dialog.querySelector(`input[name="${row.dataset.when}"]:checked`);
    row.hidden = chosen?.value !== "Yes";
  }
}

async function open(part) {
  dialog.textContent = "Loading...";
  dialog.showModal();
  dialog.innerHTML = await (await call(dialog.dataset.root + part)).text();
  drift(dialog, LIKE);
  explain();
  dialog.querySelector("form").addEventListener("submit", (event) => {
    event.preventDefault();
    save(part, event.target);
  });
}

async function save(part, form) {
  const answer = await call(dialog.dataset.root + part, { method: "POST", body: new FormData(form) });
  if (answer.status === 422) {
    const wrong = form.querySelector(".wrong");
    wrong.textContent = (await answer.json()).wrong;
    wrong.hidden = false;
    return;
  }
  if (!answer.ok) return;
  dialog.close();
  await renew();
  toast(part === "documents" ? "Your document was uploaded." : "Your changes were saved.");
}

async function renew() {
  const fresh = new DOMParser().parseFromString(await (await call(location.href)).text(), "text/html");
  for (const section of document.querySelectorAll("section.panel")) {
    section.querySelector(".inside").replaceChildren(...fresh.getElementById(section.id).querySelector(".inside").childNodes);
  }
  document.querySelector("aside").replaceWith(fresh.querySelector("aside"));
}

function toast(text) {
  const box = document.createElement("div");
  box.className = "toast";
  box.setAttribute("role", "status");
  box.textContent = text;
  document.body.append(box);
  setTimeout(() => box.remove(), 4000);
}

if (dialog) {
  dialog.addEventListener("change", (event) => {
    explain();
    const chosen = dialog.querySelector("[data-chosen]");
    if (event.target.type === "file") chosen.textContent = event.target.files[0]?.name ?? "No file chosen";
  });
  dialog.addEventListener("click", (event) => {
    if (event.target.matches("[data-close]")) dialog.close();
    if (event.target.matches("[data-choose]")) dialog.querySelector("[type=file]").click();
  });
}

document.addEventListener("click", (event) => {
  const target = event.target;
  if (target.matches(".fold")) {
    const inside = target.closest(".panel").querySelector(".inside");
    inside.hidden = !inside.hidden;
    target.setAttribute("aria-expanded", String(!inside.hidden));
  }
  if (target.matches("[data-dialog]")) open(target.dataset.dialog);
  if (target.matches("[data-go]")) location.href = target.dataset.go;
  if (target.matches(".notice button")) target.closest(".shade").remove();
});

// A section counts as reviewed once the payer's side has taken the tick.
for (const box of document.querySelectorAll("[data-section]")) {
  box.addEventListener("change", async () => {
    const body = JSON.stringify({ section: box.dataset.section, done: box.checked });
    const answer = await call(`${document.querySelector("main").dataset.root}reviewed`, { method: "POST", body });
    const told = await answer.json();
    const wrong = box.closest(".tick").querySelector(".wrong");
    wrong.textContent = told.wrong ?? "";
    if (!answer.ok) box.checked = false;
    else document.querySelector("[data-go]").disabled = !told.ready;
  });
}

const notice = document.querySelector(".shade");
if (notice) setTimeout(() => { notice.hidden = false; }, 250);
if (document.body.dataset.page === "Attestation") drift(document.querySelector("main"), LIKE);
