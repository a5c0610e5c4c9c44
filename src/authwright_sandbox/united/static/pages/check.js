// "Check if Prior Authorization is Required": looks like a request and is none.

import { h, post, button, facts, problem, table } from "../dom.js";
import { form } from "../fields.js";
import { procedures } from "../codes.js";

const TITLE = "Check if Prior Authorization is Required";

export async function check(place, { lists }) {
  const asked = form([
    { key: "place_of_service", label: "Place of Service", kind: "choice", options: lists.places, code: true, required: true },
    { key: "date", label: "Date of Service", kind: "segmented", required: true },
    { key: "member_id", label: "Member ID", kind: "text", required: true },
    { key: "diagnoses", label: "Diagnosis Code", kind: "chips", source: "diagnoses", most: lists.most_diagnoses, required: true, wide: true },
  ], "check");
  const picked = procedures(lists.most_procedures, false);
  const found = h("div", {});
  const look = async () => {
    found.replaceChildren();
    try {
      const said = await post("checks", { ...asked.values(), procedures: picked.lines().map((line) => line.code) });
      found.replaceChildren(...answer(said));
    } catch (wrong) {
      found.replaceChildren(problem(wrong.message));
    }
  };
  const go = button("Check", look, { class: "btn main", disabled: true });
  const wake = () => { go.disabled = !asked.complete() || !picked.lines().length; };
  place.addEventListener("changed", wake);
  place.append(h("p", { class: "crumbs" }, `Prior Authorizations / ${TITLE}`), h("h1", {}, TITLE),
    asked.element, h("h2", {}, "Procedure Codes"), picked.element, h("div", { class: "buttons" }, go), found);
}
check.early = true;

function answer(said) {
  const lines = table(["Procedure Code", "Prior Authorization"], said.lines.map((line) => [line.code, line.text]));
  if (!said.decision_id) {
    return [h("h2", {}, "Prior authorization is required"), lines,
      h("p", {}, "This check does not start a request. Submit a prior authorization to request a review.")];
  }
  return [h("h2", {}, "Prior authorization is not required"), lines,
    facts([["Decision ID", said.decision_id]]),
    h("p", {}, "Keep this number. It is not an authorization number, and not a guarantee of payment.")];
}
