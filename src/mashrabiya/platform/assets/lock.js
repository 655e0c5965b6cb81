"use strict";
// Locks after so many minutes without a key, a touch or a movement. Loaded only where a number is set;
// without this file the house locks by itself, later.
(() => {
  const form = document.getElementById("lock-now");
  if (!form) return;
  const limit = form.dataset.minutes * 60000;
  const tabs = "BroadcastChannel" in window ? new BroadcastChannel("l") : null;
  let last = Date.now();
  let told = 0;
  let locking = false;

  function cover() {
    document.title = "";
    document.body.hidden = true;
  }

  function add(name, value) {
    const field = document.createElement("input");
    field.type = "hidden";
    field.name = name;
    field.value = value;
    form.append(field);
  }

  // What is being written goes along; the house seals it until the number is given.
  function keepWords() {
    const written = [...document.querySelectorAll("form[method=post] textarea")]
      .find((field) => field.value !== field.defaultValue);
    if (!written) return;
    add("kept_path", new URL(written.form.action).pathname);
    for (const [name, value] of new FormData(written.form)) {
      if (typeof value === "string" && !name.startsWith("_")) add("kept_" + name, value);
    }
  }

  function lock() {
    if (locking) return;
    locking = true;
    keepWords();
    cover();
    if (tabs) tabs.postMessage("locked");
    form.submit();
  }

  function look() {
    if (Date.now() - last >= limit) lock();
    return locking;
  }

  // A phone that slept wakes with a touch: first is asked how long it slept.
  function used() {
    if (look()) return;
    last = Date.now();
    if (!tabs || last - told < 5000) return;
    told = last;
    tabs.postMessage("used");
  }

  form.addEventListener("submit", (event) => {
    event.preventDefault();
    lock();
  });
  for (const kind of ["keydown", "pointerdown", "pointermove", "input", "wheel", "scroll"]) {
    addEventListener(kind, used, { capture: true, passive: true });
  }
  for (const kind of ["focus", "pageshow", "visibilitychange"]) addEventListener(kind, look, true);
  setInterval(look, 4000 + Math.random() * 4000);
  if (tabs) tabs.onmessage = (event) => {
    if (event.data === "used") last = Date.now();
    // The other tab's answer brings another cookie: this tab follows with it.
    else if (event.data === "locked" && !locking) {
      cover();
      setTimeout(lock, 2000);
    }
  };
})();
