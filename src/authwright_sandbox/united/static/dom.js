// Elements, calls, small helpers.

export function h(tag, props = {}, ...children) {
  const element = document.createElement(tag);
  for (const [name, value] of Object.entries(props)) {
    if (value === undefined || value === null) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else if (name === "class") element.className = value;
    else if (name in element && typeof value !== "string") element[name] = value;
    else if (value !== false) element.setAttribute(name, value);
  }
  element.append(...children.flat().filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

export const moment = (ms) => new Promise((done) => setTimeout(done, ms));
export const spinner = () => h("div", { class: "spinner", role: "progressbar" }, "Loading...");
export const problem = (text) => h("div", { class: "error", role: "alert" }, text);

const LOST = "We lost the connection. We do not know whether your request reached us.";

async function answer(request) {
  let response, text;
  try {
    response = await request;
    text = await response.text();
  } catch {
    throw new Error(LOST);
  }
  if (response.status === 401) {
    location.assign("/united/?ended=1");
    await new Promise(() => {});
  }
  let said = null;
  try { said = JSON.parse(text); } catch { /* not from the application */ }
  if (response.ok) return said;
  throw new Error(said?.error ?? `Something went wrong on our side (${response.status}). Try again later.`);
}

const query = (asked) => (Object.keys(asked).length ? `?${new URLSearchParams(asked)}` : "");
export const get = (path, asked = {}) => answer(fetch(`/united/api/${path}${query(asked)}`));
export const post = (path, data) =>
  answer(fetch(`/united/api/${path}`, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data) }));

export function sendFile(file) {
  const form = new FormData();
  form.append("file", file);
  return answer(fetch("/united/api/attachments", { method: "POST", body: form }));
}

// A file of the portal, as the browser's download.
export function download(path) {
  const link = h("a", { href: `/united/api/${path}`, download: "" });
  document.body.append(link);
  link.click();
  link.remove();
}

// A dialog over everything; `content(close)` gives what is in it.
export function dialog(title, content) {
  const shade = h("div", { class: "shade" });
  const close = () => shade.remove();
  shade.append(h("div", { class: "box", role: "dialog", "aria-modal": "true", "aria-label": title }, h("h2", {}, title), ...content(close)));
  document.getElementById("layer").append(shade);
  return close;
}

// Names and values side by side, without any tie between them.
export const facts = (all) => h("div", { class: "facts" }, ...all.flatMap(([name, value]) => [h("div", { class: "k" }, name), h("div", {}, value)]));
export const table = (titles, rows) => h("table", {}, h("tr", {}, ...titles.map((title) => h("th", {}, title))),
  ...rows.map((row) => h("tr", {}, ...row.map((cell) => h("td", {}, cell)))));
export const button = (text, act, props = {}) => h("button", { type: "button", class: "btn", onclick: act, ...props }, text);
export const icon = (sign, title, act) => h("button", { type: "button", class: "icon", title, onclick: act }, sign);
