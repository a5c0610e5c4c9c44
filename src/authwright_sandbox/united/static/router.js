// Addresses inside the application: no page is loaded. `said` hands something on to the next page once.

export const SAID = { last: null };
let draw = () => {};

export function onGo(act) {
  draw = act;
  addEventListener("popstate", () => { SAID.last = null; draw(); });
}

export function go(path, said = null) {
  SAID.last = said;
  history.pushState(null, "", `/united/app/${path}`);
  draw();
}
