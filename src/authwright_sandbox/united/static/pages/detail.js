// The page of one request: what the payer says of it, and what can still be done.

import { h, get, post, button, facts, icon, dialog, download, problem, table } from "../dom.js";
import { form } from "../fields.js";

const LINES = ["Line", "Code", "Modifier", "Units Requested", "Units Approved", "Status", "From", "Through"];

export async function detail(place, { lists, rest: [number] }) {
  show(place, await get(`requests/${number}`), lists);
}

function show(place, request, lists, message = null) {
  const redraw = (fresh, text) => show(place, fresh, lists, text);
  const told = [
    ["Service Reference Number", request.number], ["Status", request.status],
    ["Member ID", request.member_id], ["Member", request.member],
    ["Date of Birth", request.date_of_birth], ["Place of Service", request.place],
    ["Service Start Date", request.start], ["Service End Date", request.end],
    ["Servicing Provider", request.servicing ?? ""], ["Facility", request.facility ?? ""],
    ...(request.authorization_number ? [["Authorization Number", request.authorization_number]] : []),
    ...(request.reason ? [["Reason", request.reason]] : []),
    ...(request.due ? [["Respond By", request.due]] : []),
  ];
  place.replaceChildren(
    h("p", { class: "crumbs" }, "Prior Authorizations / Search existing / Details"),
    h("h1", {}, "Prior Authorization Details ", icon("\u2193", "Download confirmation (PDF)", () => download(`requests/${request.number}/confirmation.pdf`))),
    message ? h("div", { class: "note" }, message) : "",
    facts(told),
    ...(request.needed.length ? [h("h2", {}, "Information Requested"), h("ul", {}, ...request.needed.map((name) => h("li", {}, name)))] : []),
    h("h2", {}, "Services"),
    table(LINES, request.lines.map((each) => [each.line, each.code, each.modifier, each.requested, each.approved, each.status, each.from, each.through].map(String))),
    ...(request.changes.length ? [h("h2", {}, "Changes"), table(["Change", "Requested On", "Details", "Status"], request.changes.map((each) => [each.kind, each.at, each.asked, each.status]))] : []),
    ...(request.documents.length ? [h("h2", {}, "Documents Received"), h("ul", {}, ...request.documents.map((name) => h("li", {}, name)))] : []),
    actions(request, lists, redraw));
}

const ACTIONS = { respond: ["Add Documents", respond], update: ["Update", update], extend: ["Extend", extend], cancel: ["Cancel Request", cancel] };

function actions(request, lists, redraw) {
  const panel = h("div", {});
  const open = request.actions.map((name) => {
    const [title, fill] = ACTIONS[name];
    return button(title, () => panel.replaceChildren(...fill(request, lists, redraw, () => panel.replaceChildren())));
  });
  if (!open.length) return h("p", { class: "note" }, "This request cannot be changed online. Call Provider Services at 555-0100.");
  return h("div", {}, h("div", { class: "buttons" }, ...open), panel);
}

// A panel with a form, a button that sends it and one that closes it.
function panel(title, asked, name, send, close) {
  const error = h("div", {});
  const sending = button(name, async () => {
    sending.disabled = true;
    try {
      await send(asked.values());
    } catch (wrong) {
      error.replaceChildren(problem(wrong.message));
      sending.disabled = false;
    }
  }, { class: "btn main", disabled: true });
  asked.element.addEventListener("changed", () => { sending.disabled = !asked.complete(); });
  return [h("h2", {}, title), error, asked.element, h("div", { class: "buttons" }, button("Close", close), sending)];
}

function respond(request, lists, redraw, close) {
  const asked = form([
    { key: "attachments", label: "Documents", kind: "files", required: true, wide: true },
    { key: "note", label: "Note to Reviewer", kind: "area", wide: true },
  ], "respond");
  const send = async (values) => redraw(await post(`requests/${request.number}/respond`, values), "Your documents were sent.");
  return panel("Add Documents", asked, "Send Documents", send, close);
}

function update(request, lists, redraw, close) {
  const asked = form([
    { key: "start_date", label: "New Service Start Date", kind: "segmented" },
    { key: "end_date", label: "New Service End Date", kind: "dated" },
    { key: "place_of_service", label: "New Place of Service", kind: "choice", options: lists.places, code: true },
    { key: "reason", label: "Reason for Update", kind: "area", required: true, wide: true },
  ], "update");
  const send = async (values) => redraw(await post(`requests/${request.number}/update`, values), "Your update was received.");
  return panel("Update Request", asked, "Save Update", send, close);
}

function extend(request, lists, redraw, close) {
  const asked = form([
    { key: "until", label: "New End Date", kind: "segmented", required: true },
    { key: "units", label: "Additional Units", kind: "text" },
    { key: "reason", label: "Reason for Extension", kind: "area", required: true, wide: true },
  ], "extend");
  const send = async (values) => redraw(await post(`requests/${request.number}/extend`, values), "Your extension was received.");
  return panel("Extend Request", asked, "Request Extension", send, close);
}

function cancel(request, lists, redraw, close) {
  const asked = form([{ key: "reason", label: "Reason for Cancellation", kind: "choice", options: lists.cancel_reasons, required: true }], "cancel", "grid two");
  const sure = (values) => new Promise((done) => {
    dialog("Cancel this request?", (shut) => [
      h("p", {}, `Service reference number ${request.number} will be cancelled. This cannot be undone.`),
      h("div", { class: "buttons" }, button("No, keep it", () => { shut(); done(false); }), button("Yes, cancel it", () => { shut(); done(true); }, { class: "btn main" })),
    ]);
  });
  const send = async (values) => {
    if (await sure(values)) redraw(await post(`requests/${request.number}/cancel`, values), "This request was cancelled.");
    else close();
  };
  return panel("Cancel Request", asked, "Continue", send, close);
}
