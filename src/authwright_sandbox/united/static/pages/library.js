// Folders of letters.

import { h, get, icon, download, table } from "../dom.js";
import { go } from "../router.js";

const LETTERS = "Prior Auth Letters";
const COLUMNS = ["Letter", "Service Ref #", "Member ID", "Member", "Received", ""];

export async function library(place, { rest: [folder] }) {
  const { folders, letters } = await get("letters");
  place.append(h("h1", {}, "Document Library"));
  if (!folder) {
    return place.append(h("ul", {}, ...folders.map((name) =>
      h("li", {}, h("button", { type: "button", class: "linkish", onclick: () => go(`library/${encodeURIComponent(name)}`) }, `\u{1F4C1} ${name}`)))));
  }
  place.append(h("h2", {}, folder));
  if (folder !== LETTERS || !letters.length) return place.append(h("p", {}, "This folder is empty."));
  const cells = (each) => [each.title, each.number, each.member_id, each.member, each.received,
    icon("\u2193", "Download letter (PDF)", () => download(`letters/${each.id}`))];
  place.append(table(COLUMNS, letters.map(cells)));
}
