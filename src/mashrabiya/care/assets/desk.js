"use strict";
// Keys at a desk: J and K go on and back, O opens, U leads back to the list, ? shows this sheet.
// They are where they lie on the keyboard, whatever letters it writes. Every page works without this file.
(() => {
  const sheet = document.querySelector("details[data-keys]");
  if (!sheet) return;
  sheet.hidden = false;
  // In the list, the cases; on the page of one, what is covered there.
  const listed = [...document.querySelectorAll("main [data-stop]")];
  const stops = listed.length ? listed : [...document.querySelectorAll("main .card details > summary")];

  function go(step) {
    const at = stops.indexOf(document.activeElement);
    const next = at < 0 ? (step > 0 ? 0 : stops.length - 1) : at + step;
    stops[Math.min(Math.max(next, 0), stops.length - 1)]?.focus();
  }

  function open() {
    const chosen = stops.includes(document.activeElement) ? document.activeElement : stops[0];
    chosen?.focus();
    chosen?.click();
  }

  function help() {
    sheet.open = !sheet.open;
    if (sheet.open) sheet.querySelector("summary").focus();
  }

  const keys = {
    KeyJ: () => go(1),
    KeyK: () => go(-1),
    KeyO: open,
    KeyU: () => document.querySelector("main .crumb a")?.click(),
  };

  const typing = (where) => where.closest?.("input, textarea, select, [contenteditable]");

  document.addEventListener("keydown", (event) => {
    if (event.defaultPrevented || event.isComposing || event.repeat && event.code === "KeyO") return;
    if (event.altKey || event.ctrlKey || event.metaKey || typing(event.target)) return;
    const asks = event.key === "?" || event.key === "؟" || event.code === "Slash" && event.shiftKey;
    const act = asks ? help : event.shiftKey ? null : keys[event.code];
    if (!act) return;
    event.preventDefault();
    act();
  });
})();
