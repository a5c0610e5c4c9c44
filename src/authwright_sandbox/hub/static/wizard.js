// The request: four pages and a review, one draft, one call that sends.

import { getText, moment, postJson, postText, upload } from "./calls.js";
import { drift, lateRender, tell } from "/hub/shared/drift.js";
import { enliven, problemOf, setValue, showProblem, valueOf } from "./widgets.js";

const PAGES = ["patient", "services", "providers", "attachments", "review"];
const LOADING = '<div class="spinner" role="status">Loading...</div>';
const stage = document.getElementById("stage");
const draft = { lines: [{}], requesting: {}, rendering: {}, facility: {} };
let documents = [];
let eligibility = "";
let current = 0;
const redrawn = new Set();

const fields = (root = stage) => [...root.querySelectorAll("[data-k]")];
const button = (act) => stage.querySelector(`[data-act=${act}]`);

function payload() {
  const bare = (entries) => Object.fromEntries(Object.entries(entries).filter(([key]) => !key.endsWith("_text")));
  return { ...bare(draft), lines: draft.lines.map(bare), attachments: documents.map((document) => document.id) };
}

function shelf(field) {
  const block = field.closest("[data-many]");
  if (block) return draft.lines[[...stage.querySelectorAll("[data-many]")].indexOf(block)];
  const group = field.closest("[data-group]");
  return group ? draft[group.dataset.group] : draft;
}

function keep() {
  const blocks = stage.querySelectorAll("[data-many]");
  if (blocks.length) draft.lines = [...blocks].map(() => ({}));
  for (const field of fields()) {
    const { k } = field.dataset;
    shelf(field)[k] = valueOf(field);
    if (field.dataset.widget === "typeahead") shelf(field)[`${k}_text`] = field.value;
  }
}

function restore(root) {
  for (const field of fields(root)) {
    const { k } = field.dataset;
    const value = shelf(field)[k];
    if (value) setValue(field, value, shelf(field)[`${k}_text`]);
  }
}

function complain(text) {
  const box = stage.querySelector(".problem");
  box.textContent = text;
  box.hidden = !text;
  if (text) box.scrollIntoView({ block: "nearest" });
}

function recheck() {
  const next = button("next");
  if (next) next.disabled = fields().some((field) => problemOf(field) !== "");
}

// ---- service lines

function number() {
  const blocks = [...stage.querySelectorAll("[data-many]")];
  blocks.forEach((block, index) => {
    block.querySelector("h3").textContent = `Procedure ${index + 1}`;
    const input = block.querySelector("[data-k=procedure_code]");
    input.id = `q${index + 1}`;
    const label = block.querySelector("label");
    if (label) label.htmlFor = input.id;
    block.querySelector("[data-act=remove]").hidden = blocks.length === 1;
  });
}

function addLine() {
  stage.querySelector("#procedures").append(stage.querySelector("#procedure").content.cloneNode(true));
  const block = stage.querySelector("#procedures").lastElementChild;
  drift(block);
  number();
  block.querySelector("[data-act=remove]").addEventListener("click", () => { block.remove(); number(); recheck(); });
  return block;
}

function openServices() {
  stage.querySelector("[data-eligibility]").textContent = eligibility;
  draft.lines.forEach(addLine);
  button("add").addEventListener("click", () => { keep(); draft.lines.push({}); enliven(addLine()); recheck(); });
}

// ---- documents

function listDocuments() {
  const list = stage.querySelector("#documents");
  list.replaceChildren(...documents.map((document_) => {
    const item = document.createElement("li");
    item.textContent = `${document_.name} (${Math.max(1, Math.round(document_.size / 1024))} KB) `;
    const remove = document.createElement("button");
    remove.type = "button";
    remove.className = "link";
    remove.textContent = "Remove";
    remove.addEventListener("click", () => { documents = documents.filter((other) => other !== document_); listDocuments(); });
    item.append(remove);
    return item;
  }));
}

function openAttachments() {
  const picker = stage.querySelector("#picker");
  button("attach").addEventListener("click", () => picker.click());
  picker.addEventListener("change", async () => {
    const files = [...picker.files];
    picker.value = "";
    complain("");
    for (const file of files) {
      try {
        documents.push(await upload("/hub/app/api/attachments", file));
      } catch (error) {
        complain(error.message);
      }
      listDocuments();
    }
  });
  listDocuments();
}

// ---- the way through

async function leave(name) {
  if (name !== "patient") return;
  const found = await postJson("/hub/app/api/eligibility", {
    member_id: draft.member_id, last_name: draft.last_name, date_of_birth: draft.date_of_birth, payer: draft.payer,
  });
  eligibility = found.text;
}

async function next() {
  const name = PAGES[current];
  keep();
  complain("");
  button("next").disabled = true;
  try {
    await leave(name);
    await open(current + 1);
  } catch (error) {
    complain(error.message);
    recheck();
  }
}

async function submit() {
  complain("");
  button("submit").disabled = true;
  button("submit").textContent = "Sending...";
  try {
    stage.innerHTML = await postText("/hub/app/api/requests", payload());
    drift(stage);
    markStep(PAGES.length);
  } catch (error) {
    complain(error.message);
    button("submit").disabled = false;
    button("submit").textContent = "Submit";
  }
}

async function saveDraft() {
  keep();
  const note = stage.querySelector("[data-note]");
  try {
    note.textContent = (await postJson("/hub/app/api/drafts", payload())).text;
  } catch (error) {
    note.textContent = error.message;
  }
}

function markStep(index) {
  [...document.getElementById("steps").children].forEach((step, at) => {
    step.className = at < index ? "done" : at === index ? "here" : "";
  });
}

async function open(index) {
  const name = PAGES[index];
  const request = name === "review" ? postText("/hub/app/pages/review", payload()) : getText(`/hub/app/pages/${name}`);
  const before = [...stage.childNodes];
  stage.innerHTML = LOADING;
  try {
    const html = await request;
    stage.innerHTML = html;
  } catch (error) {
    if (before.some((node) => node.classList?.contains("problem"))) stage.replaceChildren(...before);
    else stage.innerHTML = '<div class="problem alert" role="alert"></div>';
    throw error;
  }
  current = index;
  markStep(index);
  drift(stage);
  if (name === "services") openServices();
  if (name === "attachments") openAttachments();
  restore(stage);
  enliven(stage);
  button("back")?.toggleAttribute("hidden", index === 0);
  button("back")?.addEventListener("click", () => { keep(); open(index - 1).catch((error) => complain(error.message)); });
  button("next")?.addEventListener("click", next);
  button("submit")?.addEventListener("click", submit);
  button("draft")?.addEventListener("click", saveDraft);
  recheck();
  window.scrollTo(0, 0);
  const late = lateRender(name);
  if (late) setTimeout(() => redraw(index), late);
}

// Draws the page again as it was opened: what was entered until then is lost.
function redraw(index) {
  if (current !== index || redrawn.has(index) || !stage.querySelector("[data-k]")) return;
  redrawn.add(index);
  tell("redraw");
  open(index).catch((error) => complain(error.message));
}

stage.addEventListener("focusout", (event) => {
  const field = event.target.closest("[data-k]");
  if (field && !event.target.closest(".dropdown")) showProblem(field);
  recheck();
});
stage.addEventListener("settled", (event) => { showProblem(event.target); recheck(); });
stage.addEventListener("change", (event) => { if (event.target.matches("select")) recheck(); });

await moment(120);
open(0).catch((error) => complain(error.message));
