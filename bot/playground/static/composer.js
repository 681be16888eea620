// The box to write in: Enter sends, @ and / offer completions, drafts stay where they were begun.
import { act, look } from "./actions.js";
import { go, settle } from "./live.js";

const list = document.getElementById("suggest");
const drafts = new Map();
let offered = [], chosen = 0, box = null, lastSaid = "";

export function start() {
  document.addEventListener("input", (event) => { if (event.target.matches("[data-composer] textarea")) typed(event.target); });
  document.addEventListener("keydown", (event) => { if (event.target.matches("[data-composer] textarea")) pressed(event); });
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-composer]")) return;
    event.preventDefault();
    submit(event.target);
  });
  document.addEventListener("focusout", (event) => { if (event.target === box) setTimeout(close, 150); });
  list.addEventListener("mousedown", (event) => {
    const option = event.target.closest("[role=option]");
    if (option) { event.preventDefault(); accept(Number(option.dataset.place)); }
  });
}

export function restoreDrafts() {
  for (const form of document.querySelectorAll("[data-composer]")) {
    const text = form.querySelector("textarea");
    if (!text.value && drafts.get(form.dataset.key)) text.value = drafts.get(form.dataset.key);
  }
}

function typed(text) {
  forgetUnheard();
  drafts.set(text.form.dataset.key, text.value);
  box = text;
  offered = completions(text);
  chosen = 0;
  draw();
}

function completions(text) {
  const before = text.value.slice(0, text.selectionStart);
  const mention = before.match(/(?:^|\s)@([a-z0-9_-]*)$/i);
  if (mention) {
    const names = text.dataset.names.split(" ").filter((name) => name.startsWith(mention[1].toLowerCase()));
    if (names.length === 1 && names[0] === mention[1].toLowerCase()) return []; // nothing is left to complete
    return names.slice(0, 8).map((name) => ({ shown: `@${name}`, hint: "", start: before.length - mention[1].length - 1, put: `@${name} ` }));
  }
  if (!/^\/\S*$/.test(before) || text.selectionStart !== text.value.length) return [];
  return JSON.parse(text.dataset.commands).filter((each) => each.command.startsWith(before)).map((each) => (
    { shown: `${each.command} ${each.usage_hint || ""}`, hint: each.description || "", start: 0, put: `${each.command} ` }));
}

function draw() {
  list.replaceChildren(...offered.map((offer, place) => {
    const option = document.createElement("div");
    option.id = `suggest-${place}`;
    option.dataset.place = place;
    option.setAttribute("role", "option");
    option.setAttribute("aria-selected", place === chosen);
    option.append(offer.shown);
    if (offer.hint) option.append(Object.assign(document.createElement("small"), { textContent: offer.hint }));
    return option;
  }));
  list.hidden = offered.length === 0;
  if (list.hidden) { box?.removeAttribute("aria-activedescendant"); return; }
  box.setAttribute("aria-activedescendant", `suggest-${chosen}`);
  const at = box.form.getBoundingClientRect();
  list.style.left = `${at.left}px`;
  list.style.bottom = `${innerHeight - at.top + 6}px`;
}

function close() { offered = []; draw(); }

function accept(place) {
  const offer = offered[place], caret = box.selectionStart;
  box.setRangeText(offer.put, offer.start, caret, "end");
  drafts.set(box.form.dataset.key, box.value);
  close();
  box.focus();
}

function pressed(event) {
  if (offered.length) {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step) { chosen = (chosen + step + offered.length) % offered.length; draw(); }
    else if (event.key === "Tab" || event.key === "Enter") accept(chosen);
    else if (event.key === "Escape") close();
    else return;
    event.preventDefault();
    event.stopPropagation();
    return;
  }
  if (event.key === "Enter" && !event.shiftKey && !event.isComposing) {
    event.preventDefault();
    event.target.form.requestSubmit();
  }
  if (event.key === "ArrowUp" && !event.target.value) {
    const last = [...paneOf(event.target).querySelectorAll("[data-edit]")].at(-1);
    if (last) { event.preventDefault(); last.click(); }
  }
}

const paneOf = (element) => element.closest("main, .side").querySelector("[data-scroll]");

async function submit(form) {
  const text = form.querySelector("textarea"), said = text.value;
  if (!said.trim()) return;
  text.value = "";
  drafts.delete(form.dataset.key);
  settle(paneOf(form));
  const told = await say(said, form.dataset.channel, form.dataset.thread);
  if (!told.ok && !text.value) text.value = said;
  if (text.checkVisibility({ visibilityProperty: true })) text.focus();
}

// Says something; the thread in which the bot will reply opens beside it, on a phone above it.
export async function say(text, channel, thread) {
  const told = await act("say", { channel, text, ...(thread ? { thread_ts: thread } : {}) });
  const isPublic = told.ok && told.message && document.body.dataset.kind !== "im";
  const isHeard = isPublic && told.message.text.includes(`<@${document.body.dataset.botId}>`);
  if (isPublic && !isHeard) tellUnheard(text);
  if (isHeard && !thread) {
    const query = look();
    query.set("thread", told.message.ts);
    ["why", "panel"].forEach((name) => query.delete(name));
    await go(`/?${query}`);
  }
  return told;
}

// A question that does not mention the bot is the first thing that everybody gets wrong.
function tellUnheard(text) {
  lastSaid = text;
  document.body.dataset.unheard = "";
  const told = document.querySelector(".unheard");
  if (told) document.getElementById("announcer").textContent = told.textContent;
}

export function forgetUnheard() { delete document.body.dataset.unheard; }

export async function askAgain(form) {
  forgetUnheard();
  await say(`@${form.querySelector("textarea").dataset.names.split(" ")[0]} ${lastSaid}`, form.dataset.channel, form.dataset.thread);
}
