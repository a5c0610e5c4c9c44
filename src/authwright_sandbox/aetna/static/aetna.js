import { drift, redraw } from "/aetna/shared/drift.js";

const LIKE = {
  words: {
    "Last name": ["Surname"],
    "Date of birth": ["Birth date", "DOB"],
    "Place of service": ["Service location", "Setting"],
    "Start date": ["From date", "Begin date"],
    "End date": ["Through date"],
    TIN: ["Tax ID", "EIN"],
    Fax: ["Fax number"],
    "Contact name": ["Your name"],
    "Contact phone": ["Telephone"],
    "Reference number": ["Request number"],
    Reason: ["Reason for update"],
  },
  alike: [
    ["start", "Admission date", "admission"],
    ["phone", "Contact extension", "extension"],
    ["requesting_npi", "Group NPI", "requesting_group_npi"],
  ],
};

document.addEventListener("click", (event) => {
  const head = event.target.closest(".menu-head");
  for (const list of document.querySelectorAll(".menu-list")) {
    list.hidden = head ? !list.hidden : true;
    list.previousElementSibling.setAttribute("aria-expanded", String(!list.hidden));
  }
});

// The window in which a provider is found calls this.
window.addProvider = (npi, name) => {
  document.querySelector("[name=servicing_npi]").value = npi;
  document.querySelector("[name=servicing_name]").value = name;
  document.querySelector("[data-name]").textContent = name;
};

function addService(form) {
  const blocks = form.querySelectorAll("[data-block]");
  const number = blocks.length + 1;
  const block = blocks[0].cloneNode(true);
  block.querySelector("legend").textContent = `Service ${number}`;
  for (const control of block.querySelectorAll("input")) {
    const kind = control.name.split("_")[0];
    control.name = control.id = control.dataset.k = `${kind}_${number}`;
    control.value = kind === "units" ? "1" : "";
  }
  for (const label of block.querySelectorAll("label")) label.htmlFor = label.parentElement.querySelector("input").id;
  blocks[blocks.length - 1].after(block);
}

// One button attaches a file and, once there is one, takes it out again.
async function attach(form, row, file) {
  const path = `/aetna/precertification/${form.dataset.key}/files?kind=${encodeURIComponent(row.dataset.kind)}`;
  const refused = form.querySelector("[data-refused]");
  const body = new FormData();
  if (file) body.append("file", file);
  const answer = await fetch(path, file ? { method: "POST", body } : { method: "DELETE" });
  const told = await answer.json();
  refused.hidden = answer.ok;
  refused.textContent = told.wrong ?? "";
  if (!answer.ok) return;
  row.querySelector("[data-file]").textContent = told.name ?? "";
  row.querySelector("[data-attach]").textContent = told.name ? "Remove" : "Attach";
}

function setUp(form) {
  const notes = form.querySelector(".sheet");
  notes?.addEventListener("input", () => { form.querySelector("[name=notes]").value = notes.innerText.trim(); });
  form.addEventListener("click", (event) => {
    const target = event.target.closest("button");
    if (!target) return;
    if (target.matches("[data-add]")) addService(form);
    if (target.matches("[data-find]")) window.open("/aetna/find-provider", "find", "width=640,height=480");
    if (target.matches("[data-style]")) document.execCommand(target.dataset.style);
    if (target.matches("[data-attach]")) {
      const row = target.closest("tr");
      if (target.textContent === "Remove") attach(form, row, null);
      else row.querySelector("input").click();
    }
  });
  form.addEventListener("change", (event) => {
    if (event.target.name === "review") form.querySelector("[data-urgency]").hidden = event.target.value !== "Expedited";
    if (event.target.type === "file" && event.target.closest("[data-kind]")) {
      attach(form, event.target.closest("tr"), event.target.files[0]);
      event.target.value = "";
    }
  });
}

drift(document.querySelector("main"), LIKE);
const forms = [...document.querySelectorAll("main form")];
redraw(setUp);
forms.forEach(setUp);
