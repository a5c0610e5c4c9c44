// The top bar's mega menu and the update that greets after sign-in.

function toggle(button, panel) {
  const open = panel.hidden;
  panel.hidden = !open;
  button.setAttribute("aria-expanded", String(open));
}

function close(item) {
  for (const panel of item.querySelectorAll(".panel, .sub-panel")) panel.hidden = true;
  for (const button of item.querySelectorAll("button")) button.setAttribute("aria-expanded", "false");
}

const items = [...document.querySelectorAll(".menu-item")];

for (const item of items) {
  const button = item.querySelector(".menu-button");
  button.addEventListener("click", () => {
    items.filter((other) => other !== item).forEach(close);
    if (item.querySelector(".panel").hidden) toggle(button, item.querySelector(".panel"));
    else close(item);
  });
  const sub = item.querySelector(".sub-button");
  if (sub) sub.addEventListener("click", () => toggle(sub, item.querySelector(".sub-panel")));
}

document.addEventListener("click", (event) => {
  if (!event.target.closest(".menu-item")) items.forEach(close);
});

// The update comes a moment after the page, as such things do.
const update = document.getElementById("update");
if (update) {
  setTimeout(() => { update.hidden = false; }, 250);
  update.querySelector("button").addEventListener("click", () => update.remove());
}
