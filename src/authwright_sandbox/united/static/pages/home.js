// The dashboard: what can be done, and a list of which only the rows in view exist.

import { h, get, button, icon, spinner } from "../dom.js";
import { go } from "../router.js";

const ROW = 33, SPARE = 2;
const COLUMNS = ["Service Ref #", "Member ID", "Member", "Codes", "Start Date", "Status"];

const card = (title, text, path) => h("div", { class: "card" }, h("h2", {}, title), h("p", {}, text), button(title, () => go(path)));

function virtual(rows) {
  const all = h("div", { class: "all", style: `height:${rows.length * ROW}px` });
  const view = h("div", { class: "window" }, all);
  const draw = () => {
    const first = Math.max(0, Math.floor(view.scrollTop / ROW) - SPARE);
    const last = Math.min(rows.length, first + Math.ceil(view.clientHeight / ROW) + 2 * SPARE);
    all.replaceChildren(...rows.slice(first, last).map((row, at) => h("div", { class: "row", style: `top:${(first + at) * ROW}px` },
      h("span", {}, h("button", { type: "button", class: "linkish", onclick: () => go(`requests/${row.number}`) }, row.number)),
      ...[row.member_id, row.member, row.codes, row.start, row.status].map((text) => h("span", {}, text)))));
  };
  view.addEventListener("scroll", draw);
  requestAnimationFrame(draw);
  return view;
}

export async function home(place) {
  place.append(h("h1", {}, "Prior Authorization and Notification"),
    h("div", { class: "cards" },
      card("Check if Prior Authorization is Required", "Look up codes for a member.", "check"),
      card("Submit a prior authorization", "Start a new request.", "submit"),
      card("Search existing", "Check status, respond, update or cancel.", "search")));
  const list = h("div", {}, spinner());
  place.append(h("h2", {}, "Open Items"), list);
  const { rows } = await get("requests");
  list.replaceChildren(h("div", { class: "headrow" }, ...COLUMNS.map((title) => h("span", {}, title))), virtual(rows),
    h("p", {}, `${rows.length} items `, icon("\u21bb", "Refresh", () => go("home"))));
}
