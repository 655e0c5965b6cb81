"use strict";
// Quick exit, and nothing else that a page needs: every page works without this file.
(() => {
  const root = document.documentElement;

  // Covers the page in this very frame. The body is taken out of sight too, because
  // open popovers and dialogs lie above any cover.
  function cover() {
    document.title = "";
    root.style.background = "#fff";
    if (document.body) document.body.hidden = true;
  }

  function go() {
    try {
      fetch("/x", { method: "POST", keepalive: true }).catch(() => {});
    } finally {
      location.replace("/g");
    }
  }

  // What pages keep in this browser by her choice, for browsers that do not do it when they are told to by the house.
  function wipe() {
    try {
      localStorage.clear();
      self.caches?.keys().then((names) => names.forEach((name) => caches.delete(name))).catch(() => {});
    } catch { /* a browser that keeps nothing */ }
  }

  // Covered first, in the same task; then nothing is left of the page that could be shown again.
  function leave() {
    cover();
    wipe();
    if (navigator.onLine) go();
    else {
      // The network is cut: the empty page stays, under a neutral address, and leaves when it can.
      history.replaceState(null, "", "/g");
      addEventListener("online", go, { once: true });
    }
    root.replaceChildren();
  }

  document.addEventListener("submit", (event) => {
    if (event.target.getAttribute("action") !== "/x") return;
    event.preventDefault();
    leave();
  }, true);

  // A form that is on its way is not sent a second time: the first answer would be lost.
  const sent = new WeakMap();
  document.addEventListener("submit", (event) => {
    if (event.defaultPrevented || event.target.method !== "post") return;
    const by = event.submitter ?? event.target;
    if (event.timeStamp - (sent.get(by) ?? -Infinity) < 4000) event.preventDefault();
    else sent.set(by, event.timeStamp);
  });

  // Shift alone, down and up, three times within two seconds.
  let pressed = [];
  let alone = false;
  const forget = () => { pressed = []; alone = false; };
  document.addEventListener("keydown", (event) => {
    const clean = event.key === "Shift" && !event.repeat && !event.altKey && !event.ctrlKey && !event.metaKey;
    if (!clean || root.hasAttribute("data-no-shift")) return forget();
    alone = true;
    pressed = [...pressed, event.timeStamp].slice(-3);
  }, true);
  document.addEventListener("keyup", (event) => {
    if (event.key !== "Shift" || !alone) return forget();
    alone = false;
    if (pressed.length === 3 && event.timeStamp - pressed[0] <= 2000) leave();
  }, true);
  document.addEventListener("pointerdown", forget, true);
  // Some keyboards write letters without naming a key: that is typing too.
  document.addEventListener("beforeinput", forget, true);

  // A page the browser kept in memory must not come back by the Back button as it was.
  addEventListener("pagehide", cover);
  addEventListener("pageshow", (event) => {
    if (!event.persisted) return;
    cover();
    location.reload();
  });

  // Browsers print the title above a sheet: a paper with codes must not say whose they are.
  let title = "";
  addEventListener("beforeprint", () => { title = document.title; document.title = "\u200b"; });
  addEventListener("afterprint", () => { document.title = title; });

  addEventListener("DOMContentLoaded", () => {
    for (const button of document.querySelectorAll("button.print")) {
      button.hidden = false;
      button.addEventListener("click", () => print());
    }
  });
})();
