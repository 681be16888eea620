// A box to type into that offers options: those it holds, or those that the bot gives to what was typed.
import { act, placeOf } from "./actions.js";

const WAIT = 180; // milliseconds without a key before the bot is asked
let timer, serial = 0;

export function start() {
  document.addEventListener("input", (event) => { const combo = owner(event); if (combo) later(combo); });
  document.addEventListener("focusin", (event) => { const combo = owner(event); if (combo && isLocal(combo)) offer(combo); });
  document.addEventListener("keydown", (event) => { const combo = owner(event); if (combo) pressed(combo, event); }, true);
  document.addEventListener("focusout", (event) => { const combo = owner(event); if (combo) setTimeout(() => hide(combo), 150); });
  document.addEventListener("mousedown", (event) => {
    const option = event.target.closest(".options [role=option]");
    if (option) { event.preventDefault(); choose(option.closest("[data-combo]"), option); }
  });
  addEventListener("scroll", (event) => {
    if (!event.target.closest?.(".options")) document.querySelectorAll(".options:popover-open").forEach((box) => place(box.closest("[data-combo]")));
  }, true);
}

const owner = (event) => event.target.matches?.("[role=combobox]") ? event.target.closest("[data-combo]") : null;
const isLocal = (combo) => combo.dataset.type.includes("static");
const list = (combo) => combo.querySelector(".options");
const input = (combo) => combo.querySelector("input");

function later(combo) {
  combo.dataset.chosen = "null";
  clearTimeout(timer);
  timer = setTimeout(() => offer(combo), isLocal(combo) ? 0 : WAIT);
}

async function offer(combo) {
  const typed = input(combo).value.trim(), number = ++serial;
  if (!isLocal(combo) && typed.length < Number(combo.dataset.least)) { hide(combo); return; }
  const options = isLocal(combo) ? local(combo, typed) : await remote(combo, typed);
  if (number === serial && document.activeElement === input(combo)) draw(combo, options);
}

function local(combo, typed) {
  const held = JSON.parse(combo.dataset.options);
  const chosen = JSON.parse(combo.dataset.chosen);
  const wanted = chosen && chosen.text.text === typed ? "" : typed.toLowerCase();
  return held.filter((option) => option.text.text.toLowerCase().includes(wanted));
}

async function remote(combo, typed) {
  const told = await act("type", { ...placeOf(combo), block_id: combo.dataset.block, action_id: combo.dataset.action, text: typed });
  return told.options || [];
}

function draw(combo, options) {
  const box = list(combo);
  box.replaceChildren(...options.map((option, place) => {
    const item = document.createElement("span");
    item.id = `${box.id}-${place}`;
    item.setAttribute("role", "option");
    item.setAttribute("aria-selected", place === 0);
    item.dataset.json = JSON.stringify(option);
    item.textContent = option.text.text;
    return item;
  }));
  if (!options.length) box.append(Object.assign(document.createElement("span"), { className: "none", textContent: "Nothing found" }));
  if (!box.matches(":popover-open")) box.showPopover();
  place(combo);
  input(combo).setAttribute("aria-expanded", "true");
  point(combo, 0);
}

function place(combo) {
  const box = list(combo);
  const at = input(combo).getBoundingClientRect();
  Object.assign(box.style, { left: `${at.left}px`, top: `${at.bottom + 4}px`, width: `${Math.max(at.width, 220)}px` });
  const below = innerHeight - at.bottom;
  if (below < box.offsetHeight + 8 && at.top > below) box.style.top = `${Math.max(4, at.top - box.offsetHeight - 4)}px`;
}

function point(combo, place) {
  const items = [...list(combo).querySelectorAll("[role=option]")];
  items.forEach((item, i) => item.setAttribute("aria-selected", i === place));
  if (!items[place]) { input(combo).removeAttribute("aria-activedescendant"); return; }
  input(combo).setAttribute("aria-activedescendant", items[place].id);
  items[place].scrollIntoView({ block: "nearest" });
}

function hide(combo) {
  const box = list(combo);
  if (box.isConnected && box.matches(":popover-open")) box.hidePopover();
  input(combo).setAttribute("aria-expanded", "false");
}

function pressed(combo, event) {
  if (event.key === "ArrowDown" && !list(combo).matches(":popover-open")) { offer(combo); event.preventDefault(); return; }
  if (!list(combo).matches(":popover-open")) return;
  const items = [...list(combo).querySelectorAll("[role=option]")];
  const place = items.findIndex((item) => item.getAttribute("aria-selected") === "true");
  const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
  if (step && items.length) point(combo, (place + step + items.length) % items.length);
  else if (event.key === "Enter" && items[place]) choose(combo, items[place]);
  else if (event.key === "Escape") hide(combo);
  else return;
  event.preventDefault();
  event.stopPropagation();
}

function choose(combo, item) {
  const option = JSON.parse(item.dataset.json);
  combo.dataset.chosen = item.dataset.json;
  input(combo).value = option.text.text;
  hide(combo);
  if (!("press" in combo.dataset)) return;
  const told = isLocal(combo) ? option.value : option;
  act("press", { ...placeOf(combo), block_id: combo.dataset.block, action_id: combo.dataset.action, option: told });
}
