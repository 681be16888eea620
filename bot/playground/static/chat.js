// The page to chat on: clicks become actions, changes are followed. Nothing here draws; the server does.
import * as combobox from "./combobox.js";
import * as composer from "./composer.js";
import { act, look, person, placeOf, send, toast, withToken } from "./actions.js";
import { follow, go, offerEnd, onFresh, refresh, remember, settle } from "./live.js";
import * as menus from "./menus.js";
import * as modals from "./modals.js";

const query = look();
if (!query.get("as") && localStorage.getItem("person")) {
  query.set("as", localStorage.getItem("person"));
  history.replaceState(null, "", `/?${query}`);
}

document.addEventListener("click", (event) => {
  const target = event.target.closest("[data-go], [data-act], [data-say], [data-edit], [data-reset], [data-copy], [data-end-faults], button[data-fault], [data-open-drawer], [data-close-drawer], [data-skip], [data-to-end], [data-ask-again]");
  if (!target) return;
  const handler = Object.keys(HANDLERS).find((name) => name in target.dataset);
  if (handler) HANDLERS[handler](target, event);
});

const HANDLERS = {
  go(link, event) {
    if (event.metaKey || event.ctrlKey || event.shiftKey || link.target === "_blank") return;
    event.preventDefault();
    link.closest("[popover]")?.hidePopover();
    travel(link.href);
  },
  act(button, event) {
    if (button.matches("a[href='#']")) event.preventDefault();
    perform(button);
  },
  async say(button) {
    button.closest("[popover]")?.hidePopover();
    await composer.say(button.dataset.say, document.querySelector("#composer form").dataset.channel);
  },
  edit(button) { button.closest("[popover]").hidePopover(); edit(button.closest("[data-ts]"), button.dataset.edit); },
  async reset() { if ((await send("/control/reset", {})).ok) await travel(withToken(`/?as=${person()}`)); },
  async copy(button) {
    await navigator.clipboard.writeText(document.getElementById(button.dataset.copy).textContent);
    toast("Copied.");
  },
  async endFaults() { await send("/control/fault", {}, "DELETE"); },
  fault(button) { send("/control/fault", JSON.parse(button.dataset.fault)); },
  openDrawer() { document.body.classList.add("drawer-open"); document.querySelector(".me").focus(); },
  closeDrawer() { document.body.classList.remove("drawer-open"); },
  skip(_, event) { event.preventDefault(); (document.getElementById("say") || document.getElementById("messages")).focus(); },
  toEnd(button) { settle(button.previousElementSibling); button.previousElementSibling.focus({ preventScroll: true }); },
  async askAgain(button) { await composer.askAgain(button.closest(".composer").querySelector("form")); },
};

async function travel(url) {
  const there = new URL(url, location.href);
  localStorage.setItem("person", there.searchParams.get("as") || person());
  composer.forgetUnheard();
  await go(url);
  openHome();
  if (there.hash) document.getElementById(there.hash.slice(1).replace(/^m-/, "t-"))?.scrollIntoView({ block: "center" });
  focusOn(there.searchParams.get("thread") ? "#side-composer textarea" : "#say");
}

// On a phone the focus would call up the keyboard.
function focusOn(selector) {
  if (matchMedia("(hover: hover)").matches) document.querySelector(selector)?.focus({ preventScroll: true });
}

function openHome() { if (look().get("tab") === "home") act("home"); }

async function perform(element) {
  const { act: name, block, action, option, callback } = element.dataset;
  const fields = { ...placeOf(element) };
  if (name === "press") Object.assign(fields, { block_id: block, action_id: action }, option ? { option } : {});
  if (name === "shortcut") fields.callback_id = callback;
  if (name === "react") fields.name = element.dataset.name;
  element.closest(".menu")?.hidePopover();
  if (element.matches(".thumb")) {
    element.parentElement.querySelectorAll(".thumb").forEach((thumb) => { thumb.classList.toggle("pressed", thumb === element); thumb.setAttribute("aria-pressed", thumb === element); });
  }
  await act(name, fields);
}

// Inputs that act as soon as they change: the switches of faults.
document.addEventListener("change", async (event) => {
  const input = event.target;
  if (!input.matches("input[data-fault]")) return;
  if (input.type === "radio" || !input.checked) await send("/control/fault", {}, "DELETE");
  const wish = JSON.parse(input.dataset.fault);
  if (input.checked && wish.fault) await send("/control/fault", wish);
});

function edit(message, text) {
  const body = message.querySelector(".body"), before = [...body.childNodes];
  const form = document.createElement("form");
  form.className = "editing";
  form.dataset.busy = "";
  form.innerHTML = '<textarea aria-label="Change the message"></textarea><div><button type="button" class="button small">Cancel</button><button class="button small primary">Save</button></div>';
  const box = form.querySelector("textarea");
  box.value = text;
  const leave = () => { body.replaceChildren(...before); refresh(); };
  form.querySelector("button").onclick = leave;
  form.onkeydown = (event) => {
    if (event.key === "Escape") { event.stopPropagation(); leave(); }
    if (event.key === "Enter" && !event.shiftKey) { event.preventDefault(); form.requestSubmit(); }
  };
  form.onsubmit = async (event) => {
    event.preventDefault();
    const place = placeOf(message);
    leave();
    if (box.value.trim() && box.value !== text) await act("edit", { ...place, text: box.value });
  };
  body.replaceChildren(form);
  box.focus();
}

document.addEventListener("submit", (event) => {
  if (!event.target.matches("[data-newcomer]")) return;
  event.preventDefault();
  const name = event.target.elements.name.value.trim().toLowerCase();
  const there = look();
  there.set("as", name);
  event.target.closest("[popover]").hidePopover();
  travel(`${location.origin}/?${there}`);
});

document.addEventListener("keydown", (event) => {
  if (event.key !== "Escape" || event.defaultPrevented || document.querySelector("dialog[open], :popover-open")) return;
  if (document.body.classList.contains("drawer-open")) HANDLERS.closeDrawer();
  else document.querySelector("[data-close-side]")?.click();
});

// The bot's new messages are told to screen readers, and so is what becomes of the one in which somebody chose.
function announce({ added, changed }) {
  const ofBot = (found) => [...(found.messages || []), ...(found["side-body"] || [])].filter((each) => "bot" in each.dataset);
  const news = [...ofBot(added), ...ofBot(changed).filter((each) => each === document.activeElement)];
  if (!news.length || news.length > 3) return;
  document.getElementById("announcer").textContent = news.map((each) => `${each.getAttribute("aria-label")}: ${words(each)}`).join(" ");
}

// What a message says, without the menus that are folded up in it.
function words(message) {
  const body = message.querySelector(".body").cloneNode(true);
  body.querySelectorAll(".menu").forEach((menu) => menu.remove());
  return body.textContent.trim().replace(/\s+/g, " ");
}

function markNews() {
  for (const door of document.querySelectorAll(".door")) {
    const key = `seen-${person()}-${door.dataset.place}`;
    if (door.hasAttribute("aria-current")) sessionStorage.setItem(key, door.dataset.last);
    door.classList.toggle("unread", door.dataset.last > (sessionStorage.getItem(key) || ""));
  }
}

onFresh((fresh) => { modals.show(); composer.restoreDrafts(); announce(fresh); markNews(); });
addEventListener("popstate", () => go(location.href, { push: false }));
for (const id of ["people", "doors", "head", "banner", "messages", "composer", "side-head", "side-body", "side-composer", "modals"]) remember(document.getElementById(id));
document.querySelectorAll("[data-scroll]").forEach(settle);
document.addEventListener("scroll", (event) => { if (event.target.matches?.("[data-scroll]")) offerEnd(event.target); }, true);
[composer, combobox, menus, modals].forEach((module) => module.start());
modals.show();
markNews();
openHome();
follow();
focusOn("#say");
document.documentElement.dataset.ready = "yes";
