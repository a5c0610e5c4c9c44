// Calls to the server. A call that fails throws an Error in words for the page.

export class Refused extends Error {}

const LOST = "The connection was lost. It is not known whether the server received this.";

async function answerOf(request) {
  let response, text;
  try {
    response = await request;
    text = await response.text();
  } catch {
    throw new Error(LOST);
  }
  if (response.ok) return text;
  if (response.status === 401) {
    window.top.location = "/hub/?expired=1";
    await new Promise(() => {});
  }
  let said = null;
  try { said = JSON.parse(text).error; } catch { /* not from the application */ }
  if (said) throw new Refused(said);
  throw new Error(`Something went wrong on our side (${response.status}). Please try again.`);
}

export const getText = (url) => answerOf(fetch(url));
export const getJson = async (url) => JSON.parse(await getText(url));
export const postText = (url, data) =>
  answerOf(fetch(url, { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(data) }));
export const postJson = async (url, data) => JSON.parse(await postText(url, data));

export async function upload(url, file) {
  const form = new FormData();
  form.append("file", file);
  return JSON.parse(await answerOf(fetch(url, { method: "POST", body: form })));
}

export const moment = (ms) => new Promise((done) => setTimeout(done, ms));
