// Modals: shown on top as they come, closed by Escape or a button, read field by field when they are submitted.
import { deed, placeOf } from "./deeds.js";

export function start() {
  document.addEventListener("cancel", (event) => {
    if (!event.target.matches("dialog[data-view]")) return;
    event.preventDefault();
    deed("close", placeOf(event.target));
  }, true);
  document.addEventListener("submit", (event) => {
    if (!event.target.matches("[data-modal]")) return;
    event.preventDefault();
    deed("submit", { ...placeOf(event.target), values: valuesOf(event.target) });
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
  const type = field.dataset.type;
  if ("combo" in field.dataset) return { selected_option: JSON.parse(field.dataset.chosen) };
  if (type === "radio_buttons") return { selected_option: ticked(field)[0] ?? null };
  if (type === "checkboxes" || type === "multi_static_select") return { selected_options: ticked(field) };
  const kinds = { datepicker: "date", timepicker: "time", users_select: "user", channels_select: "channel", conversations_select: "conversation" };
  return { [kinds[type] ? `selected_${kinds[type]}` : "value"]: field.value || null };
}

const ticked = (field) => [...field.querySelectorAll("input:checked")].map((input) => JSON.parse(input.dataset.optionJson));
