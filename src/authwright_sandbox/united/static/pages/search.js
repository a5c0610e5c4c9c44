// "Search existing": by number or member. The list lags behind what a request's page shows.

import { h, get, button, icon, problem, spinner, table } from "../dom.js";
import { form } from "../fields.js";
import { go } from "../router.js";

const COLUMNS = ["Service Ref #", "Member ID", "Member", "Procedure Codes", "Start Date", "Received", "Status", ""];

export async function search(place) {
  const asked = form([
    { key: "number", label: "Service Reference Number", kind: "text" },
    { key: "member_id", label: "Member ID", kind: "text" },
  ], "search", "grid two");
  const found = h("div", {});
  const look = async () => {
    const { number, member_id } = asked.values();
    if (!number && !member_id) return found.replaceChildren(problem("Enter a Service Reference Number or a Member ID."));
    found.replaceChildren(spinner());
    try {
      const { rows } = await get("requests", { number, member_id });
      found.replaceChildren(...results(rows, [number && `Service Reference Number ${number}`, member_id && `Member ID ${member_id}`]));
    } catch (wrong) {
      found.replaceChildren(problem(wrong.message));
    }
  };
  place.append(h("p", { class: "crumbs" }, "Prior Authorizations / Search existing"), h("h1", {}, "Search existing"),
    asked.element, h("div", { class: "buttons" }, button("Clear", () => go("search")), button("Search", look, { class: "btn main" })), found);
}
search.early = true;

function results(rows, asked) {
  const title = h("h2", {}, `Results for ${asked.filter(Boolean).join(", ")}`);
  if (!rows.length) return [title, h("p", {}, "No prior authorizations found.")];
  const cells = (row) => [row.number, row.member_id, row.member, row.codes, row.start, row.received, row.status,
    icon("\u203a", "View details", () => go(`requests/${row.number}`))];
  return [title, table(COLUMNS, rows.map(cells))];
}
