const box = document.querySelector("[data-captcha]");

function tiles() {
  const table = box.querySelector(".puzzle table");
  box.querySelector(".puzzle b").textContent = box.dataset.wanted;
  table.replaceChildren();
  for (let at = 0; at < 9; at++) {
    const row = at % 3 ? table.rows[table.rows.length - 1] : table.insertRow();
    const picture = new Image(96, 96);
    picture.src = `/cigna/captcha/${box.dataset.captcha}/${at}.svg`;
    picture.addEventListener("click", () => picture.classList.toggle("chosen"));
    row.insertCell().append(picture);
  }
}

async function verify(event) {
  event.preventDefault();
  const pictures = [...box.querySelectorAll("img")];
  const chosen = pictures.map((picture, at) => (picture.matches(".chosen") ? at : -1)).filter((at) => at >= 0);
  const asked = { method: "POST", body: JSON.stringify({ tiles: chosen }) };
  const told = await (await fetch(`/cigna/captcha/${box.dataset.captcha}`, asked)).json();
  if (!told.solved) {
    Object.assign(box.dataset, { captcha: told.id, wanted: told.wanted });
    tiles();
    return;
  }
  box.querySelector("input").value = box.dataset.captcha;
  box.querySelector(".tick").setAttribute("aria-checked", "true");
  box.querySelector(".puzzle").hidden = true;
}

if (box) {
  box.querySelector(".tick").addEventListener("click", () => {
    if (box.querySelector("input").value) return;
    box.querySelector(".puzzle").hidden = false;
    tiles();
  });
  box.querySelector("[data-verify]").addEventListener("click", verify);
}
