// Whether a member is covered. Nothing is begun here.

import { h, get, button, facts, problem } from "../dom.js";
import { form } from "../fields.js";

export async function eligibility(place) {
  const asked = form([
    { key: "member_id", label: "Member ID", kind: "text", required: true },
    { key: "date_of_birth", label: "Date of Birth", kind: "segmented", required: true },
    { key: "last_name", label: "Last Name", kind: "text" },
  ], "eligibility");
  const found = h("div", {});
  const look = async () => {
    const { member_id, date_of_birth, last_name } = asked.values();
    try {
      const member = await get("members", { id: member_id, born: date_of_birth, last_name });
      found.replaceChildren(h("h2", {}, "Coverage"), facts([["Member ID", member.member_id], ["Plan", member.plan], ["Coverage Status", member.coverage]]),
      h("p", {}, "This is not a guarantee of payment."));
    } catch (wrong) {
      found.replaceChildren(problem(wrong.message));
    }
  };
  const search = button("Search", look, { class: "btn main", disabled: true });
  asked.element.addEventListener("changed", () => { search.disabled = !asked.complete(); });
  place.append(h("h1", {}, "Eligibility"), asked.element, h("div", { class: "buttons" }, search), found);
}
eligibility.early = true;
