// The view for maintainers: forms become requests, what changed is swapped in.
import { send, toast, withToken } from "./actions.js";
import { remember, swap } from "./live.js";

const PARTS = ["source", "entries", "editor", "findings", "changes", "questions"];

async function refresh() {
  const { parts } = await (await fetch(`/teach/parts${location.search}`)).json();
  for (const [id, html] of Object.entries(parts)) swap(document.getElementById(id), html);
}

// A button while its work is going on.
async function during(button, work) {
  button.disabled = true;
  button.setAttribute("aria-busy", "true");
  try { return await work; } finally { button.disabled = false; button.removeAttribute("aria-busy"); }
}

const editor = () => document.querySelector("[data-save]")?.elements;
const isUnsaved = () => { const held = editor(); return held !== undefined && held.text.value !== held.was.value; };
const mayLeave = () => !isUnsaved() || confirm("Leave your change unsaved?");

async function go(url) {
  if (!mayLeave()) return;
  history.pushState(null, "", url);
  await refresh();
}

async function open(wish, button) {
  if (!mayLeave()) return;
  const told = await during(button, send("/teach/open", wish));
  if (!told.ok) return;
  button.closest("[popover]")?.hidePopover();
  put("teach-reply", "");
  put("teach-measured", "");
  history.pushState(null, "", withToken("/teach"));
  await refresh();
}

const put = (id, html) => { document.getElementById(id).innerHTML = html; };

async function measure(wish, button) {
  const told = await during(button, send("/teach/eval", wish));
  if (told.ok) put("teach-measured", told.html);
}

async function save(form) {
  const { file, start, end } = form.dataset, button = form.querySelector("button");
  const text = form.elements.text.value;
  const told = await during(button, send("/teach/save", { file, start: Number(start), end: Number(end), was: form.elements.was.value, text }));
  if (!told.ok) return;
  await refresh();
  const status = document.querySelector("[data-saved]");
  if (status) status.textContent = "Saved. The bot answers from it in a second or two.";
  const asked = document.querySelector("[data-ask] input");
  if (asked.value) ask(asked.value);
}

async function ask(text) {
  const told = await send("/teach/ask", { text });
  if (told.ok) put("teach-reply", told.html);
}

const FORMS = {
  ask: (form) => ask(form.elements.text.value),
  save,
  eval: (form) => measure({ lines: form.elements.lines.value || " " }, form.querySelector("button")),
  openPath: (form) => open({ path: form.elements.path.value }, form.querySelector("button")),
  openText: (form) => open({ text: form.elements.text.value }, form.querySelector("button")),
};

document.addEventListener("submit", (event) => {
  event.preventDefault();
  const name = Object.keys(FORMS).find((each) => each in event.target.dataset);
  if (name) FORMS[name](event.target);
});

document.addEventListener("click", async (event) => {
  const target = event.target.closest("[data-go], [data-open], [data-eval-shipped], [data-copy-file], [data-write]");
  if (!target || event.metaKey || event.ctrlKey) return;
  const data = target.dataset;
  if ("go" in data) { event.preventDefault(); await go(target.href); }
  else if ("open" in data) await open({ path: data.open }, target);
  else if ("evalShipped" in data) await measure({}, target);
  else if ("copyFile" in data) {
    const text = await (await fetch(withToken(`/teach/file?${new URLSearchParams({ name: data.copyFile })}`))).text();
    await navigator.clipboard.writeText(text);
    toast("Copied.");
  } else if ("write" in data && confirm(data.confirm)) {
    const told = await send("/teach/write", { name: data.write });
    if (told.ok) { toast(`Written: ${told.written}`); await refresh(); }
  }
});

// Menus are placed beside what opens them.
document.addEventListener("toggle", (event) => {
  if (event.newState !== "open" || !event.target.matches?.(".menu")) return;
  const at = document.querySelector(`[popovertarget="${event.target.id}"]`).getBoundingClientRect();
  event.target.style.left = `${Math.min(at.left, innerWidth - event.target.offsetWidth - 8)}px`;
  event.target.style.top = `${Math.min(at.bottom + 6, innerHeight - event.target.offsetHeight - 8)}px`;
  event.target.querySelector("input")?.focus();
}, true);

document.addEventListener("keydown", (event) => {
  if (!(event.ctrlKey || event.metaKey) || event.key !== "s" || !event.target.form?.matches("[data-save]")) return;
  event.preventDefault();
  event.target.form.requestSubmit();
});
addEventListener("beforeunload", (event) => { if (isUnsaved()) event.preventDefault(); });
addEventListener("popstate", refresh);
for (const name of PARTS) remember(document.getElementById(`teach-${name}`));
document.documentElement.dataset.ready = "yes";
