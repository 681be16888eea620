// Menus: placed beside what opens them; arrows move within, Escape and a click elsewhere close them (the browser does).

export function start() {
  document.addEventListener("toggle", (event) => { if (event.target.matches?.(".menu") && event.newState === "open") place(event.target); }, true);
  document.addEventListener("keydown", (event) => {
    const menu = event.target.closest?.(".menu");
    const step = { ArrowDown: 1, ArrowRight: 1, ArrowUp: -1, ArrowLeft: -1 }[event.key];
    if (!menu || !step || event.target.matches("input")) return;
    const items = [...menu.querySelectorAll("a, button")];
    items[(items.indexOf(event.target) + step + items.length) % items.length].focus();
    event.preventDefault();
  });
}

function place(menu) {
  const opener = document.querySelector(`[popovertarget="${CSS.escape(menu.id)}"]`);
  const at = opener.getBoundingClientRect(), size = menu.getBoundingClientRect(), edge = 8;
  const left = Math.min(Math.max(edge, at.left + size.width > innerWidth - edge ? at.right - size.width : at.left), innerWidth - size.width - edge);
  const below = at.bottom + 6 + size.height < innerHeight - edge;
  menu.style.left = `${Math.max(edge, left)}px`;
  menu.style.top = `${below ? at.bottom + 6 : Math.max(edge, at.top - size.height - 6)}px`;
  menu.querySelector("[role=menuitem]")?.focus({ preventScroll: true });
}
