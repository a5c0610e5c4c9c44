// Is Auth/Referral Required?: one form, its answer below.

import { drift } from "/hub/shared/drift.js";
import { postText } from "./calls.js";
import { button, complain, payload, wake, watch } from "./panel.js";

const form = document.getElementById("form");
const answer = document.getElementById("answer");

async function check() {
  complain(form, "");
  answer.innerHTML = '<div class="spinner" role="status">Loading...</div>';
  try {
    answer.innerHTML = await postText("/hub/app/required/answer", payload(form));
    drift(answer);
  } catch (error) {
    answer.replaceChildren();
    complain(form, error.message);
  }
}

drift(form);
watch(form);
wake(form);
button(form, "send").addEventListener("click", check);
