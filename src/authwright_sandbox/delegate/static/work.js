import { drift, redraw } from "/delegate/shared/drift.js";

function setUp(form) {
  const browse = form.querySelector("[data-browse]");
  if (browse) {
    const input = form.querySelector("input[type=file]");
    browse.addEventListener("click", () => input.click());
    input.addEventListener("change", () => {
      form.querySelector("[data-chosen]").textContent = [...input.files].map((file) => file.name).join(", ");
    });
  }
  const attested = form.querySelector("[name=attested]");
  attested?.addEventListener("change", () => { form.querySelector("[data-act=submit]").disabled = !attested.checked; });
  const warning = form.querySelector("[data-warning]");
  if (!warning) return;
  form.addEventListener("change", (event) => {
    if (event.target.name !== "urgent") return;
    warning.hidden = event.target.value !== "Yes";
    form.elements.urgent_confirmed.value = "";
  });
  warning.addEventListener("click", (event) => {
    const answer = event.target.dataset.urgent;
    if (!answer) return;
    warning.hidden = true;
    form.elements.urgent_confirmed.value = answer === "yes" ? "yes" : "";
    form.elements.urgent.value = answer === "yes" ? "Yes" : "No";
  });
}

drift(document.body);
redraw(setUp);
document.querySelectorAll("form").forEach(setUp);
