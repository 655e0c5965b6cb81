"use strict";
// The page that puts an icon on this device: keeps help now for when there is no network, and takes it away again.
(() => {
  const keep = document.getElementById("keep-help");
  if (!keep || !navigator.serviceWorker) return;
  const add = document.getElementById("add-icon");
  const kept = document.getElementById("help-kept");
  const none = document.getElementById("no-script");
  const failed = document.getElementById("help-failed");
  const policy = self.trustedTypes
    ? self.trustedTypes.createPolicy("mash", { createScriptURL: (path) => path === "/sw.js" ? path : "" })
    : { createScriptURL: (path) => path };

  async function show() {
    const there = await navigator.serviceWorker.getRegistration("/");
    kept.hidden = !there?.active;
    keep.hidden = Boolean(there?.active);
  }

  keep.addEventListener("click", async () => {
    failed.hidden = true;
    try {
      await navigator.serviceWorker.register(policy.createScriptURL("/sw.js"), { scope: "/" });
      await navigator.serviceWorker.ready;
    } catch {
      failed.hidden = false;
    }
    show();
  });

  kept.querySelector("button").addEventListener("click", async () => {
    for (const one of await navigator.serviceWorker.getRegistrations()) await one.unregister();
    for (const name of await caches.keys()) await caches.delete(name);
    show();
    keep.hidden = false;
    kept.hidden = true;
  });

  // Some browsers ask when they are told to; all others have it in their own menu.
  addEventListener("beforeinstallprompt", (event) => {
    event.preventDefault();
    add.hidden = false;
    add.addEventListener("click", () => event.prompt(), { once: true });
  });

  none.hidden = true;
  show();
})();
