"use strict";
// A guide: a paper for oneself that stays in this browser, and a copy for when there is no network. The page works without.
(() => {
  const get = (id) => document.getElementById(id);

  // The paper. It lies in the store of this browser, in clear, until it is wiped or the site is left quickly.
  const paper = get("think");
  const boxes = paper ? [...paper.querySelectorAll("textarea")] : [];
  const name = (number) => `p.${paper.dataset.paper}.${number}`;

  function begin() {
    const store = self.localStorage;
    store.setItem("p", "");
    store.removeItem("p");
    boxes.forEach((box, number) => {
      box.value = store.getItem(name(number)) ?? "";
      box.hidden = false;
      box.addEventListener("input", () => {
        if (box.value) store.setItem(name(number), box.value);
        else store.removeItem(name(number));
      });
    });
    get("think-none").hidden = true;
    get("think-here").hidden = false;
    const wipe = get("think-wipe");
    wipe.hidden = false;
    wipe.addEventListener("click", () => {
      boxes.forEach((box, number) => {
        box.value = "";
        store.removeItem(name(number));
      });
      boxes[0].focus();
    });
  }

  if (boxes.length) {
    // Where the browser keeps nothing, paper is better, and the page says so.
    try { begin(); } catch { boxes.forEach((box) => { box.hidden = true; }); }
  }

  // The copy: asked for without cookies, as anybody sees it, and only when somebody presses.
  const SAVED = "saved-1";
  const keep = get("guide-keep");
  if (!keep || !navigator.serviceWorker || !self.caches) return;
  const drop = get("guide-drop");
  const kept = get("guide-kept");
  const failed = get("guide-failed");
  const policy = self.trustedTypes
    ? self.trustedTypes.createPolicy("mash", { createScriptURL: (path) => path === "/sw.js" ? path : "" })
    : { createScriptURL: (path) => path };

  async function show() {
    const there = await caches.has(SAVED) && await (await caches.open(SAVED)).match(keep.dataset.at);
    keep.hidden = Boolean(there);
    drop.hidden = kept.hidden = !there;
  }

  keep.addEventListener("click", async () => {
    failed.hidden = true;
    try {
      const answer = await fetch(keep.dataset.from, { credentials: "omit", cache: "reload" });
      if (!answer.ok) throw new Error("no page");
      await (await caches.open(SAVED)).put(keep.dataset.at, answer);
      // Its sheet never changes under its name: asked for once, the browser has it. Without it the page is read as well.
      await fetch(keep.dataset.sheet).catch(() => {});
      await navigator.serviceWorker.register(policy.createScriptURL("/sw.js"), { scope: "/" });
    } catch {
      failed.hidden = false;
    }
    await show();
  });

  drop.addEventListener("click", async () => {
    await (await caches.open(SAVED)).delete(keep.dataset.at);
    await show();
  });

  show();
})();
