// What a person does, sent to the control interface; what it refuses is told in a toast.

export const look = () => new URLSearchParams(location.search);
export const person = () => document.querySelector(".me-name")?.textContent.trim() || "alice";

// Every address carries the access token that the printed one brought.
export function withToken(path) {
  const url = new URL(path, location.href);
  url.searchParams.set("token", look().get("token"));
  return url.pathname + url.search;
}

export async function send(path, fields, method = "POST") {
  let told;
  try {
    const answer = await fetch(withToken(path), {
      method, headers: { "Content-Type": "application/json" }, body: method === "POST" ? JSON.stringify(fields) : undefined,
    });
    told = await answer.json();
  } catch {
    told = { ok: false, error: "The playground does not answer. Is it still running?" };
  }
  if (!told.ok) toast(told.error);
  return told;
}

export const act = (name, fields = {}) => send(`/control/${name}`, { as: person(), ...fields });

let fading;
export function toast(text) {
  const box = document.getElementById("toast");
  box.textContent = text;
  box.hidden = false;
  clearTimeout(fading);
  fading = setTimeout(() => { box.hidden = true; }, 5000);
}

// The message or the view in which an element stands, as the control interface names it.
export function placeOf(element) {
  const view = element.closest("[data-view]");
  if (view) return { view_id: view.dataset.view };
  const message = element.closest("[data-ts]");
  return { channel: message.dataset.channel, ts: message.dataset.ts };
}
