// The shell: header, menus, addresses. A page is a function of (place, parameters) that fills `place`.

import { h, get, post, spinner, problem, dialog, button, moment } from "./dom.js";
import { form } from "./fields.js";
import { driftAlways, lateRender, tell } from "/united/shared/drift.js";
import { home } from "./pages/home.js";
import { check } from "./pages/check.js";
import { eligibility } from "./pages/eligibility.js";
import { submit, submitted } from "./pages/submit.js";
import { search } from "./pages/search.js";
import { detail } from "./pages/detail.js";
import { library } from "./pages/library.js";
import { SAID, go, onGo } from "./router.js";

const PAGES = [
  [/^home$/, home],
  [/^check$/, check],
  [/^eligibility$/, eligibility],
  [/^submit$/, submit],
  [/^submitted$/, submitted],
  [/^search$/, search],
  [/^requests\/(\w+)$/, detail],
  [/^library(?:\/(.+))?$/, library],
];
let lists = null, drawn = 0;

function menu(title, entries) {
  const nav = h("div", { class: "nav" });
  const close = () => nav.querySelector("ul")?.remove();
  nav.append(h("button", { type: "button", onclick: () => (nav.querySelector("ul") ? close() : nav.append(open())) }, title, " \u25be"));
  const open = () => h("ul", {}, ...entries.map(([name, path]) => h("li", { onclick: () => { close(); go(path); } }, name)));
  document.addEventListener("mousedown", (event) => { if (!nav.contains(event.target)) close(); });
  return nav;
}

function header(who) {
  return h("div", { class: "top" },
    h("span", { class: "brand" }, "Provider Portal"),
    h("div", { class: "nav" }, h("button", { type: "button", onclick: () => go("eligibility") }, "Eligibility")),
    menu("Prior Authorizations", [
      ["Check if Prior Authorization is Required", "check"],
      ["Submit a prior authorization", "submit"],
      ["Search existing", "search"],
    ]),
    menu("Documents & Reporting", [["Document Library", "library"]]),
    h("span", { class: "for" }, who.provider),
    h("a", { href: "/united/sign-out" }, "Sign Out"));
}

async function draw() {
  const ticket = ++drawn;
  const path = location.pathname.replace("/united/app/", "");
  const place = document.querySelector("main");
  const [pattern, page] = PAGES.find(([each]) => each.test(path)) ?? PAGES[0];
  const rest = (pattern.exec(path) ?? []).slice(1).map((part) => part && decodeURIComponent(part));
  const fresh = () => {
    const inside = h("div", {});
    place.replaceChildren(inside);
    scrollTo(0, 0);
    return inside;
  };
  const build = async () => {
    const inside = fresh();
    try {
      await page(inside, { lists: lists ?? EMPTY, rest, said: SAID.last });
    } catch (wrong) {
      if (ticket === drawn) inside.append(problem(wrong.message));
    }
  };
  if (page.early) {
    // The form stands before its lists have come, and again when they have: what was typed is gone.
    await build();
    lists = await get("lists");
  } else {
    fresh().append(spinner());
    lists ??= await get("lists");
  }
  if (ticket !== drawn) return;
  await build();
  const late = lateRender(path);
  if (late && ticket === drawn) {
    await moment(late);
    if (ticket !== drawn) return;
    tell("redraw");
    await build();
  }
}

const EMPTY = { places: [], service_types: [], priorities: ["Standard", "Expedited"], cancel_reasons: [], most_diagnoses: 10, most_procedures: 14 };

// Once, before anything else: for whom.
function represent(root, providers) {
  const asked = form([{ key: "provider", label: "Provider (Tax ID)", kind: "choice", options: providers, required: true }], "represent", "grid two");
  const error = h("div", {});
  const on = async () => {
    try {
      await post("represent", asked.values());
      start();
    } catch (wrong) {
      error.replaceChildren(problem(wrong.message));
    }
  };
  root.replaceChildren(h("main", {}, h("h1", {}, "Which provider do you represent?"),
    h("p", {}, "This is asked the first time you use the portal. You can change it later in your profile."),
    error, asked.element, h("div", { class: "buttons" }, button("Continue", on, { class: "btn main" }))));
}

async function start() {
  const root = document.getElementById("root");
  const who = await get("who");
  if (!who.provider) return represent(root, who.providers);
  const main = h("main", {});
  root.replaceChildren(header(who), main);
  driftAlways(main);
  if (who.greet) survey();
  await draw();
}

async function survey() {
  await moment(400);
  dialog("Tell us how we are doing", (close) => [
    h("p", {}, "Would you take a two-minute survey about this portal?"),
    h("div", { class: "buttons" }, button("No thanks", close), button("Continue", close, { class: "btn main" })),
  ]);
}

onGo(draw);
start().catch((wrong) => document.getElementById("root").replaceChildren(problem(wrong.message)));
