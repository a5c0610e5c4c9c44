// A request's page: panels that open below it, each with one call that sends.

import { drift } from "/hub/shared/drift.js";
import { getText, postText, upload } from "./calls.js";
import { button, complain, payload, wake, watch } from "./panel.js";

const acts = document.getElementById("acts");
const panel = document.getElementById("panel");
let documents = [];

async function attach(picker) {
  const files = [...picker.files];
  picker.value = "";
  complain(panel, "");
  for (const file of files) {
    try {
      documents.push(await upload("/hub/app/api/attachments", file));
    } catch (error) {
      complain(panel, error.message);
    }
  }
  panel.querySelector("#documents").replaceChildren(...documents.map(({ name }) => {
    const item = document.createElement("li");
    item.textContent = name;
    return item;
  }));
}

async function send(act) {
  const sent = { ...payload(panel), ...(act === "records" ? { attachments: documents.map(({ id }) => id) } : {}) };
  const pressed = button(panel, "send");
  pressed.disabled = true;
  complain(panel, "");
  try {
    document.body.innerHTML = await postText(`/hub/app/api/authorizations/${acts.dataset.number}/${act}`, sent);
    drift(document.body);
  } catch (error) {
    complain(panel, error.message);
    pressed.disabled = false;
  }
}

async function open(act) {
  documents = [];
  panel.innerHTML = '<div class="spinner" role="status">Loading...</div>';
  panel.innerHTML = await getText(`/hub/app/authorizations/${acts.dataset.number}/${act}`);
  drift(panel);
  wake(panel);
  const picker = panel.querySelector("#picker");
  button(panel, "attach")?.addEventListener("click", () => picker.click());
  picker?.addEventListener("change", () => attach(picker));
  button(panel, "close").addEventListener("click", () => panel.replaceChildren());
  button(panel, "send").addEventListener("click", () => send(act));
}

drift(acts.parentElement);
watch(panel);
for (const opener of acts.querySelectorAll("[data-opens]")) opener.addEventListener("click", () => open(opener.dataset.opens));
