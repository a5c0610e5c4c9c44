// "Submit a prior authorization": five steps and an answer that is shown once.

import { h, get, post, button, facts, icon, problem, table, download } from "../dom.js";
import { form } from "../fields.js";
import { procedures } from "../codes.js";
import { go } from "../router.js";

const TITLE = "Submit a prior authorization";
const STEPS = ["Member Information", "Service Details", "Provider Details", "Clinical Information", "Review and Submit"];

// Each step is { element, complete(), values() }; steps are kept, so that "Back" finds them as they were.

function memberStep() {
  const asked = form([
    { key: "member_id", label: "Member ID", kind: "text", required: true },
    { key: "date_of_birth", label: "Date of Birth", kind: "segmented", required: true },
    { key: "last_name", label: "Last Name", kind: "text", required: true },
    { key: "first_name", label: "First Name", kind: "text" },
  ], "member");
  let found = false;
  const shown = h("div", {});
  const say = (...what) => { shown.replaceChildren(...what); shown.dispatchEvent(new CustomEvent("changed", { bubbles: true })); };
  asked.element.addEventListener("changed", () => { found = false; shown.replaceChildren(); });
  const look = async () => {
    const { member_id, date_of_birth, last_name } = asked.values();
    try {
      const member = await get("members", { id: member_id, born: date_of_birth, last_name });
      found = true;
      say(h("div", { class: "note" }, h("b", {}, "Member found. "), `Plan: ${member.plan}. Coverage: ${member.coverage}.`));
    } catch (wrong) {
      found = false;
      say(problem(wrong.message));
    }
  };
  const element = h("div", {}, asked.element, h("p", {}, button("Find Member", look)), shown);
  return { element, complete: () => asked.complete() && found, values: asked.values };
}

function serviceStep(lists) {
  const asked = form([
    { key: "place_of_service", label: "Place of Service", kind: "choice", options: lists.places, code: true, required: true },
    { key: "service_type", label: "Service Type", kind: "choice", options: lists.service_types, required: true },
    { key: "priority", label: "Priority", kind: "toggle", options: lists.priorities, start: "Standard", required: true },
    { key: "start_date", label: "Service Start Date", kind: "segmented", required: true },
    { key: "end_date", label: "Service End Date", kind: "dated", required: true },
  ], "service");
  const reason = form([{ key: "expedited_reason", label: "Reason for Expedited Review", kind: "area", required: true, wide: true }], "urgent");
  const coded = form([{ key: "diagnoses", label: "Diagnosis Code", kind: "chips", source: "diagnoses", most: lists.most_diagnoses, required: true, wide: true }], "diagnoses");
  const picked = procedures(lists.most_procedures, true);
  const codes = h("div", {}, h("h2", {}, "Diagnosis"), coded.element, h("h2", {}, "Procedures"), picked.element);
  const element = h("div", {}, asked.element);
  // The codes are asked for once a type is chosen, the reason once it is urgent.
  asked.element.addEventListener("changed", () => {
    const { priority, service_type } = asked.values();
    const urgent = priority === "Expedited";
    if (urgent && !reason.element.isConnected) asked.element.after(reason.element);
    if (!urgent) reason.element.remove();
    if (service_type && !codes.isConnected) element.append(codes);
  });
  const complete = () => asked.complete() && coded.complete() && picked.lines().length > 0 && (!reason.element.isConnected || reason.complete());
  const values = () => ({
    ...asked.values(),
    ...coded.values(),
    expedited_reason: reason.element.isConnected ? reason.values().expedited_reason : "",
    procedures: picked.lines(),
  });
  return { element, complete, values };
}

function providerStep() {
  const asked = form([
    { key: "requesting", label: "Requesting Provider NPI", kind: "provider", required: true },
    { key: "servicing", label: "Servicing Provider NPI", kind: "provider", required: true },
    { key: "facility", label: "Facility NPI", kind: "provider", required: true },
  ], "providers");
  const contact = form([
    { key: "contact_name", label: "Contact Name", kind: "text", required: true },
    { key: "contact_phone", label: "Contact Phone", kind: "text", required: true },
    { key: "contact_fax", label: "Contact Fax", kind: "text" },
  ], "contact");
  return {
    element: h("div", {}, asked.element, h("h2", {}, "Contact"), contact.element),
    complete: () => asked.complete() && contact.complete(),
    values: () => ({ ...asked.values(), ...contact.values() }),
  };
}

const QUESTION_KINDS = { choice: "choice", buttons: "toggle", date: "segmented", number: "text" };

async function clinicalStep(codes) {
  const questions = await get("questions", { codes: codes.join(",") });
  const asked = form(questions.map((each) => ({ key: each.id, label: each.text, kind: QUESTION_KINDS[each.kind], options: each.options, required: true, wide: true })), "questions");
  const more = form([
    { key: "notes", label: "Clinical Notes", kind: "area", wide: true },
    { key: "attachments", label: "Supporting Documents", kind: "files", wide: true },
  ], "clinical");
  return {
    element: h("div", {}, questions.length > 0 && h("h2", {}, "Clinical Questions"), asked.element, h("h2", {}, "Notes and Documents"), more.element),
    complete: () => asked.complete() && more.complete(),
    values: () => ({ answers: asked.values(), ...more.values() }),
    questions,
  };
}

function reviewStep(form_, lists, questions) {
  const place = lists.places.find((each) => each.startsWith(`${form_.place_of_service} - `)) ?? form_.place_of_service;
  const shown = [
    ["Member ID", form_.member_id], ["Date of Birth", form_.date_of_birth],
    ["Last Name", form_.last_name], ["First Name", form_.first_name],
    ["Place of Service", place], ["Service Type", form_.service_type],
    ["Service Start Date", form_.start_date], ["Service End Date", form_.end_date],
    ["Priority", form_.priority], ["Diagnosis Code", form_.diagnoses.join(", ")],
    ["Requesting Provider NPI", form_.requesting?.npi], ["Servicing Provider NPI", form_.servicing?.npi],
    ["Facility NPI", form_.facility?.npi], ["Contact Name", form_.contact_name],
    ["Contact Phone", form_.contact_phone], ["Documents", String(form_.attachments?.length ?? 0)],
    ...questions.map((each) => [each.text, form_.answers[each.id]]),
  ];
  const lines = table(["Code", "Modifier", "Units"], form_.procedures.map((line) => [line.code, line.modifier, line.units]));
  const element = h("div", {}, facts(shown.map(([name, value]) => [name, value ?? ""])), h("h2", {}, "Procedures"), lines);
  return { element, complete: () => true };
}

export async function submit(place, { lists }) {
  const steps = [memberStep(), serviceStep(lists), providerStep()];
  let at = 0;
  const bar = h("ol", { class: "steps" });
  const heading = h("h2", {});
  const inside = h("div", {});
  const error = h("div", {});
  const back = button("Back", () => show(at - 1));
  const next = button("Next", forward, { class: "btn main" });
  const wake = () => { next.disabled = !steps[at].complete(); };
  const gathered = () => Object.assign({}, ...steps.slice(0, 4).map((step) => step.values()));

  async function forward() {
    next.disabled = true;
    error.replaceChildren();
    try {
      if (at === 2) steps[3] = await clinicalStep(steps[1].values().procedures.map((line) => line.code));
      if (at === 3) steps[4] = reviewStep(gathered(), lists, steps[3].questions);
      if (at < 4) show(at + 1);
      else go("submitted", await post("requests", gathered()));
    } catch (wrong) {
      error.replaceChildren(problem(wrong.message));
      next.disabled = false;
    }
  }

  function show(number) {
    at = number;
    error.replaceChildren();
    bar.replaceChildren(...STEPS.map((name, each) => h("li", each === at ? { class: "now" } : {}, name)));
    heading.textContent = STEPS[at];
    inside.replaceChildren(steps[at].element);
    back.hidden = at === 0;
    next.textContent = at === 4 ? "Submit" : "Next";
    wake();
  }

  inside.addEventListener("changed", () => setTimeout(wake));
  place.append(h("p", { class: "crumbs" }, `Prior Authorizations / ${TITLE}`), h("h1", {}, TITLE), bar, heading, error,
    inside, h("div", { class: "buttons" }, back, next));
  show(0);
}
submit.early = true;

// What the payer said, once; whoever comes without it is sent to the search.
export async function submitted(place, { said }) {
  if (!said) return go("search");
  if (said.result === "duplicate") {
    place.append(h("h1", {}, "A prior authorization already exists"),
      h("p", {}, "Your request was not submitted. There is one for this member, service and date."),
      facts([["Existing Service Reference Number", said.number], ["Status", said.status]]));
  } else if (said.result === "not-required") {
    place.append(h("h1", {}, "Prior authorization is not required"), facts([["Decision ID", said.number]]),
      h("p", {}, "Keep this number. It is not an authorization number, and not a guarantee of payment."));
  } else {
    place.append(h("h1", {}, "Your request was submitted"),
      facts([["Service Reference Number", said.number], ["Status", said.status], ["Member ID", said.member_id], ...(said.reason ? [["Reason", said.reason]] : [])]),
      h("p", { class: "note" }, "This number is not an approval. Look at the request's details for the decision."),
      h("p", {}, "Confirmation ", icon("\u2193", "Download confirmation (PDF)", () => download(`requests/${said.number}/confirmation.pdf`))));
  }
  place.append(h("p", {}, button("Submit another prior authorization", () => go("submit")), " ", button("Back to home", () => go("home"))));
}
