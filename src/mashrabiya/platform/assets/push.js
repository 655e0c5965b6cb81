"use strict";
// The switch by which this browser is told, when the site is closed, that there is something. Nothing is asked of
// the browser, and nothing leaves it, before the switch is pressed.
(() => {
  const part = document.getElementById("push");
  const on = document.getElementById("push-on");
  if (!part || !on) return;
  const off = document.getElementById("push-off");
  const TOLD = "told-1";
  const policy = self.trustedTypes
    ? self.trustedTypes.createPolicy("mash", { createScriptURL: (path) => path === "/sw.js" ? path : "" })
    : { createScriptURL: (path) => path };

  const show = (name, visible = true) => {
    document.getElementById(name).hidden = !visible;
  };

  function bytes(text) {
    const plain = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
    return Uint8Array.from(plain, (sign) => sign.charCodeAt(0));
  }

  // Which browser the site tells of this name, it says by a mark that only this browser can compare.
  async function markOf(endpoint) {
    const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(endpoint)));
    return [...hash].map((one) => one.toString(16).padStart(2, "0")).join("").slice(0, 32);
  }

  async function subscribed() {
    const there = await navigator.serviceWorker.getRegistration("/");
    return await there?.pushManager.getSubscription() ?? null;
  }

  async function look() {
    const known = await subscribed();
    const here = Boolean(known && part.dataset.mark && await markOf(known.endpoint) === part.dataset.mark);
    show("push-here", here);
    show("push-elsewhere", Boolean(part.dataset.mark) && !here);
    show("push-other", Boolean(known) && !here);
    on.hidden = here;
  }

  async function keepWords() {
    const word = on.querySelector("input[name=word]:checked").closest("label").querySelector("span");
    const { lang } = document.documentElement;
    const dir = getComputedStyle(word).direction;
    const said = { title: word.textContent.trim(), lang, dir };
    await (await caches.open(TOLD)).put("/told", new Response(JSON.stringify(said)));
  }

  async function switchOn() {
    await navigator.serviceWorker.register(policy.createScriptURL("/sw.js"), { scope: "/" });
    const there = await navigator.serviceWorker.ready;
    // A new one each time: two names never have the same.
    await (await there.pushManager.getSubscription())?.unsubscribe();
    await keepWords();
    const made = await there.pushManager.subscribe({
      userVisibleOnly: true, applicationServerKey: bytes(part.dataset.key)
    });
    const sent = new URLSearchParams({ _f: on.elements._f.value, endpoint: made.endpoint });
    const answer = await fetch(on.action, { method: "POST", body: sent }).catch(() => null);
    if (answer?.ok && answer.redirected && new URL(answer.url).pathname === "/b/s") return;
    await made.unsubscribe();
    throw new Error("not taken");
  }

  on.addEventListener("submit", async (event) => {
    event.preventDefault();
    show("push-refused", false);
    show("push-failed", false);
    if (await Notification.requestPermission() !== "granted") {
      show("push-refused");
      return;
    }
    try {
      await switchOn();
      location.assign("/b/s?saved=1");
    } catch {
      await caches.delete(TOLD);
      show("push-failed");
    }
  });

  off?.addEventListener("submit", async (event) => {
    event.preventDefault();
    try {
      const known = await subscribed();
      if (known && await markOf(known.endpoint) === part.dataset.mark) {
        await known.unsubscribe();
        await caches.delete(TOLD);
      }
    } finally {
      off.submit();
    }
  });

  show("push-script", false);
  if (!navigator.serviceWorker || !self.PushManager || !self.Notification || !self.isSecureContext) {
    show("push-cannot");
    return;
  }
  on.hidden = false;
  look();
})();
