"use strict";
// Single keys: J and K go from post to post, R answers, / jumps, G then H leads home, ? to the sheet of them.
// They are where they lie on the keyboard, whatever letters it writes. Every page works without this file.
(() => {
  const WAIT = 1500;
  let began = -Infinity;

  const posts = () => [...document.querySelectorAll("main article[id^=n]")].filter((post) => post.checkVisibility?.() ?? true);
  const current = () => document.activeElement?.closest?.("main article[id^=n]");

  function show(post) {
    if (!post) return;
    post.tabIndex = -1;
    post.focus({ preventScroll: true });
    post.scrollIntoView({ block: "start" });
  }

  // From the post in hand; else from the first that begins on the screen.
  function go(step) {
    const all = posts();
    const at = all.indexOf(current());
    if (at >= 0) return show(all[Math.min(Math.max(at + step, 0), all.length - 1)]);
    show(all.find((post) => post.getBoundingClientRect().top >= 0) ?? all.at(step > 0 ? -1 : 0));
  }

  function answer() {
    const link = current()?.querySelector("[data-write=reply]");
    if (link) return link.click();
    const field = document.getElementById("body");
    field?.scrollIntoView({ block: "center" });
    field?.focus();
  }

  function jump() {
    const field = document.getElementById("go");
    const fold = field?.closest("details");
    if (fold) fold.open = true;
    field?.focus();
  }

  // A page that leads elsewhere must not cost what was typed.
  const typed = () => [...document.querySelectorAll("textarea, input[type=text]")].some((field) => field.value !== field.defaultValue);
  const visit = (where) => { if (!typed()) location.assign(where); };

  const keys = { KeyJ: () => go(1), KeyK: () => go(-1), KeyR: answer, Slash: jump };
  const typing = (where) => where.closest?.("input, textarea, select, [contenteditable]");

  function act(event) {
    const asks = event.key === "?" || event.key === "\u061f" || event.code === "Slash" && event.shiftKey;
    if (asks) return () => visit("/keys");
    if (event.shiftKey) return null;
    const second = event.timeStamp - began < WAIT;
    began = event.code === "KeyG" ? event.timeStamp : -Infinity;
    if (second && event.code === "KeyH") return () => visit("/");
    return event.code === "Slash" && !document.getElementById("go") ? null : keys[event.code];
  }

  document.addEventListener("keydown", (event) => {
    // A desk has keys of its own.
    if (event.defaultPrevented || event.isComposing || document.querySelector("details[data-keys]")) return;
    if (event.altKey || event.ctrlKey || event.metaKey || typing(event.target)) return;
    const done = act(event);
    if (!done) return;
    event.preventDefault();
    done();
  });
})();
