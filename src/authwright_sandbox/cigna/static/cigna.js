import { drift, redraw } from "/cigna/shared/drift.js";

const MASKS = {
  phone: (digits) => {
    const [area, office, line] = [digits.slice(0, 3), digits.slice(3, 6), digits.slice(6, 10)];
    return line ? `(${area}) ${office}-${line}` : office ? `(${area}) ${office}` : area;
  },
  tin: (digits) => (digits.length > 2 ? `${digits.slice(0, 2)}-${digits.slice(2, 9)}` : digits),
};
const SHAPES = { phone: /^\(\d{3}\) \d{3}-\d{4}$/, tin: /^\d{2}-\d{7}$/ };
const DATE = /^\d{2}\/\d{2}\/\d{4}$/;

// Continue stays grey, without a word, until all that is required is there and well-formed.
function complete(form) {
  return [...form.querySelectorAll("[data-required]")].every((control) => {
    const value = control.value.trim();
    if (!value || value === "Select") return false;
    if (control.name.endsWith("_date")) return DATE.test(value);
    if (control.name.endsWith("_npi")) return /^\d{10}$/.test(value);
    return SHAPES[control.dataset.mask]?.test(value) ?? true;
  });
}

function addLine(form) {
  const table = form.querySelector(".lines");
  const most = Number(form.querySelector("[data-add]").dataset.add);
  const number = table.rows.length;
  if (number > most) return;
  const row = table.rows[1].cloneNode(true);
  row.cells[0].textContent = String(number);
  for (const control of row.querySelectorAll("input")) {
    control.name = control.dataset.k = control.name.replace(/\d+$/, String(number));
    control.value = control.name.startsWith("units") ? "1" : "";
    control.removeAttribute("data-required");
  }
  table.tBodies[0].append(row);
}

function live(form) {
  const shown = document.querySelector("[data-answer]");
  let asked = 0;
  const ask = async () => {
    const mine = ++asked;
    const answer = await fetch(`${form.dataset.root}/check/answer`, { method: "POST", body: new FormData(form) });
    const told = await answer.json();
    if (mine !== asked) return;
    shown.replaceChildren();
    if (told.lines.length) shown.innerHTML = "<h3>Answer</h3><table class=\"grid\" border=\"1\"><tr><th>Procedure Code</th><th>Answer</th></tr></table>";
    for (const line of told.lines) {
      const row = shown.querySelector("table").insertRow();
      row.insertCell().textContent = line.code;
      row.insertCell().textContent = line.text;
    }
    if (told.number) {
      shown.insertAdjacentHTML("beforeend", "<table class=\"form\"><tr><td class=\"cap\">Summary Number</td><td class=\"val\"></td></tr></table><p><a class=\"button\">Save summary (PDF)</a></p>");
      shown.querySelector(".val").textContent = told.number;
      shown.querySelector("a").href = `${form.dataset.root}/summary/${told.number}.pdf`;
    }
    if (told.delegated) shown.insertAdjacentHTML("beforeend", "<p><a class=\"button\" href=\"/cigna/delegate\" target=\"_blank\">Continue to Delegate Review Services</a></p>");
  };
  form.addEventListener("change", ask);
  form.addEventListener("submit", (event) => event.preventDefault());
}

// A question over the page, without any role; resolves to the answer.
function question(text) {
  const shade = document.createElement("div");
  shade.className = "shade";
  shade.innerHTML = "<table class=\"over\"><tr><td class=\"over-head\">Please confirm</td></tr><tr><td></td></tr><tr><td align=\"right\"><a href=\"#\" class=\"button\">Yes</a> <a href=\"#\" class=\"button\">No</a></td></tr></table>";
  shade.querySelectorAll("td")[1].textContent = text;
  document.body.append(shade);
  return new Promise((done) => {
    shade.addEventListener("click", (event) => {
      if (!event.target.matches("a")) return;
      event.preventDefault();
      shade.remove();
      done(event.target.textContent === "Yes");
    });
  });
}

function setUp(form) {
  form.addEventListener("input", (event) => {
    const shape = MASKS[event.target.dataset?.mask];
    if (shape) event.target.value = shape(event.target.value.replace(/\D/g, ""));
  });
  form.addEventListener("click", (event) => {
    if (!event.target.matches("[data-add]")) return;
    event.preventDefault();
    addLine(form);
  });
  const next = form.querySelector("[data-act=continue]");
  if (next) {
    const look = () => { next.disabled = !complete(form); };
    for (const kind of ["change", "focusout"]) form.addEventListener(kind, look);
    look();
  }
  if (form.matches(".check")) live(form);
  form.querySelector("[data-save]")?.addEventListener("click", (event) => {
    form.action = event.target.dataset.save;
    form.submit();
  });
  if (form.dataset.ask) {
    form.addEventListener("submit", async (event) => {
      event.preventDefault();
      if (await question(form.dataset.ask)) form.submit();
    });
  }
}

function confirmPatient() {
  const link = document.querySelector("[data-confirm]");
  if (!link) return;
  const box = document.querySelector("[data-confirm-box]");
  link.addEventListener("click", (event) => {
    event.preventDefault();
    box.hidden = false;
  });
  box.addEventListener("click", async (event) => {
    if (!event.target.matches("a")) return;
    event.preventDefault();
    if (event.target.matches("[data-no]")) {
      box.hidden = true;
      return;
    }
    const member_id = link.dataset.confirm;
    const body = JSON.stringify({ member_id, date_of_birth: box.querySelector("[data-born]").value.trim() });
    const answer = await fetch("/cigna/patients/confirm", { method: "POST", body });
    if (answer.ok && !answer.redirected) location.href = `/cigna/patients/${member_id}/coverage`;
    else box.querySelector("[data-wrong]").textContent = "The date of birth does not match.";
  });
}

document.addEventListener("click", (event) => {
  if (event.target.matches("[data-menu]")) {
    event.preventDefault();
    event.target.closest(".menu").classList.toggle("open");
  }
  if (event.target.matches("[data-close]")) {
    event.preventDefault();
    document.querySelector("[data-news]").remove();
  }
});

const main = document.querySelector(".main");
drift(main);
const forms = [...main.querySelectorAll("form")];
redraw(setUp);
forms.forEach(setUp);
confirmPatient();
