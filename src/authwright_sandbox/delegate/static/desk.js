// The count-down before the session ends lies over the outermost page, whatever frame is being used.
const script = document.querySelector("script[data-warn]");
const warn = Number(script.dataset.warn);
const veil = document.querySelector(".veil");
const OFTEN = 1000;
const SELDOM = 5000;

async function look(method = "GET") {
  const { seconds } = await (await fetch("/delegate/left", { method })).json();
  if (seconds <= 0) {
    location.href = "/delegate/?ended=1";
    return;
  }
  veil.hidden = seconds > warn;
  veil.querySelector(".seconds").textContent = String(Math.ceil(seconds));
  clearTimeout(look.timer);
  look.timer = setTimeout(() => look(), seconds > warn + SELDOM / 1000 ? SELDOM : OFTEN);
}

veil.querySelector(".stay").addEventListener("click", () => look("POST"));
veil.querySelector(".leave").addEventListener("click", () => { location.href = "/delegate/sign-out"; });
look();
