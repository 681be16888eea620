// Modals: shown on top as they come, closed by Escape or a button, read field by field when they are submitted.
import { act, placeOf } from "./actions.js";

export function start() {
  document.addEventListener("cancel", (event) => {
    if (!event.target.matches("dialog[data-view]")) return;
    event.preventDefault();
    act("close", placeOf(event.target));
  }, true);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-modal]")) return;
    event.preventDefault();
    act("submit", { ...placeOf(event.target), values: valuesOf(event.target) });
  });
}

export function show() {
  for (const dialog of document.querySelectorAll("dialog[data-view]:not([open])")) {
    dialog.showModal();
    const first = dialog.querySelector("[autofocus], .modal-body :is(input, textarea, select)");
    (first || dialog.querySelector(".modal-body")).focus({ preventScroll: true });
  }
}

function valuesOf(form) {
  const values = {};
  for (const field of form.querySelectorAll("[data-field], [data-combo]:not([data-press])")) {
    (values[field.dataset.block] ??= {})[field.dataset.action] = { type: field.dataset.type, ...valueOf(field) };
  }
  return values;
}

function valueOf(field) {
  return "combo" in field.dataset ? { selected_option: JSON.parse(field.dataset.chosen) } : { value: field.value || null };
}
