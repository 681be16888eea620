// Keeps what is shown up to date: asks the server for the parts, and swaps only what changed.
import { look, withToken } from "./actions.js";

const parser = document.createElement("template");
const sources = new WeakMap(); // what the server sent for an element, before anybody touched it
const listeners = [];
let asking = null, again = false;

export const onFresh = (listener) => listeners.push(listener);

function parse(html) {
  parser.innerHTML = html;
  return [...parser.content.children];
}

export function remember(container) {
  for (const child of container.children) if (child.dataset.key) sources.set(child, child.outerHTML);
}

// An element that is being edited stays as it is.
const isBusy = (element) => element.querySelector("[data-busy]") !== null;

export function swap(container, html) {
  const old = new Map([...container.children].filter((child) => child.dataset.key).map((child) => [child.dataset.key, child]));
  let place = container.firstElementChild;
  const added = [], changed = [];
  for (const fresh of parse(html)) {
    const source = fresh.outerHTML, held = old.get(fresh.dataset.key);
    old.delete(fresh.dataset.key);
    let stays = held;
    if (!held || (sources.get(held) !== source && !isBusy(held))) {
      stays = document.importNode(fresh, true);
      sources.set(stays, source);
      if (held) changed.push(stays), replace(held, stays, place === held ? () => { place = stays; } : () => {});
      else added.push(stays);
    }
    if (stays === place) place = place.nextElementSibling;
    else container.insertBefore(stays, place);
  }
  for (const gone of old.values()) {
    if (gone === place) place = place.nextElementSibling;
    if (gone.matches("dialog[open]")) gone.close(); // gives the focus back
    gone.remove();
  }
  while (place) { const next = place.nextElementSibling; if (!place.dataset.key) place.remove(); place = next; }
  return { added, changed };
}

// Puts a fresh element into the place of an old one; focus and what was typed are kept.
function replace(held, fresh, moved) {
  const fields = "input, textarea, select";
  const typed = [...held.querySelectorAll(fields)].map((field) => field.value);
  const focus = held.contains(document.activeElement) ? document.activeElement : null;
  const path = focus && pathTo(focus, held);
  held.replaceWith(fresh);
  moved();
  if (held.matches("dialog")) {
    [...fresh.querySelectorAll(fields)].forEach((field, i) => { if (typed[i] && !field.value) field.value = typed[i]; });
    const chosen = [...held.querySelectorAll("[data-combo]")].map((combo) => combo.dataset.chosen);
    fresh.querySelectorAll("[data-combo]").forEach((combo, i) => { if (chosen[i] && combo.dataset.chosen === "null") combo.dataset.chosen = chosen[i]; });
    if (held.open) { held.close(); fresh.showModal(); }
  }
  if (path) successor(focus, find(path, fresh), fresh)?.focus({ preventScroll: true });
}

// What has the focus next: the same element, or in a message that says something else now, the message.
function successor(old, there, fresh) {
  const isSame = there?.tagName === old.tagName && there.dataset.action === old.dataset.action && there.textContent === old.textContent;
  if (isSame || !fresh.matches(".message")) return there;
  return matchMedia("(hover: hover)").matches ? fresh : null; // a finger would get the message's toolbar over its first line
}

function pathTo(element, root) {
  const path = [];
  for (let at = element; at !== root; at = at.parentElement) path.unshift([...at.parentElement.children].indexOf(at));
  return path;
}

const find = (path, root) => path.reduce((at, index) => at?.children[index], root);

const nearEnd = (box) => box.scrollHeight - box.scrollTop - box.clientHeight < 120;

export async function refresh({ toEnd = false } = {}) {
  if (asking) { again = true; return asking; }
  asking = ask(toEnd);
  await asking;
  asking = null;
  if (again) { again = false; await refresh(); }
}

async function ask(toEnd) {
  const query = look().toString();
  let told;
  try { told = await (await fetch(`/page/parts?${query}`)).json(); } catch { return; }
  if (look().toString() !== query) { again = true; return; }
  show(told, toEnd);
}

function show({ parts, side, kind, tab }, toEnd) {
  const boxes = [...document.querySelectorAll("[data-scroll]")];
  const atEnd = new Map(boxes.map((box) => [box, nearEnd(box)]));
  Object.assign(document.body.dataset, { side, kind, tab });
  document.title = parts.title;
  const added = {}, changed = {};
  for (const [id, html] of Object.entries(parts)) {
    const container = document.getElementById(id);
    if (container) ({ added: added[id], changed: changed[id] } = swap(container, html));
  }
  for (const listener of listeners) listener({ added, changed, toEnd });
  for (const box of boxes) {
    if (toEnd || atEnd.get(box)) settle(box);
    else if (added[box.id].some((each) => each.matches(".message"))) box.dataset.news = "";
    offerEnd(box);
  }
}

// A panel is read from its beginning, a conversation from its end.
export function settle(box) {
  box.scrollTop = box.querySelector(".panel, .home, .welcome") ? 0 : box.scrollHeight;
}

// Who reads further up is not pulled down, yet told that there is more, and led to it by a click.
export function offerEnd(box) {
  const button = box.nextElementSibling;
  if (nearEnd(box)) delete box.dataset.news;
  const isFar = box.scrollHeight - box.scrollTop > 2.5 * box.clientHeight;
  button.hidden = nearEnd(box) || !box.querySelector(".message") || !("news" in box.dataset || isFar);
  button.lastElementChild.textContent = "news" in box.dataset ? "New messages" : "To the latest";
}

export async function go(url, { push = true } = {}) {
  if (push) history.pushState(null, "", url);
  document.body.classList.remove("drawer-open");
  await refresh({ toEnd: true });
}

export function follow() {
  const source = new EventSource(withToken("/control/changes"));
  let waiting;
  source.onmessage = () => refresh();
  source.onopen = () => {
    clearTimeout(waiting);
    document.getElementById("gone").hidden = true;
    refresh();
  };
  source.onerror = () => {
    clearTimeout(waiting);
    waiting = setTimeout(() => {
      const gone = document.getElementById("gone");
      if (source.readyState === EventSource.CLOSED) gone.textContent = "The playground has been started again: open the address that it printed.";
      gone.hidden = false;
    }, 1000);
  };
}
