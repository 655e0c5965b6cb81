"use strict";
// Keeps one page for when there is no network: help now, the same for everybody; and guides that somebody saved, which their
// own page puts there. No request is answered from here while the network answers: members' words never pass through. Where somebody switched it on, what a push brings is
// shown in the words that she chose then; it brings none, and nothing is asked for.
const KEPT = "help-1";
const PAGE = "/h";
const SAVED = "saved-1";
const TOLD = "told-1";
const SAID = "/told";

self.addEventListener("install", (event) => {
  // Without cookies: the page as a visitor sees it, in the language of this browser.
  const asked = new Request(PAGE, { credentials: "omit", cache: "reload" });
  event.waitUntil(caches.open(KEPT).then((kept) => fetch(asked).then((answer) => {
    if (!answer.ok) throw new Error("no page");
    return kept.put(PAGE, answer);
  })).then(() => self.skipWaiting()));
});

self.addEventListener("activate", (event) => {
  event.waitUntil(caches.keys().then((names) =>
    Promise.all(names.filter((name) => ![KEPT, SAVED, TOLD].includes(name)).map((name) => caches.delete(name)))
  ).then(() => self.clients.claim()));
});

self.addEventListener("fetch", (event) => {
  const { request } = event;
  // The leaving page stays what it is, with or without a network.
  if (request.mode !== "navigate" || request.method !== "GET" || new URL(request.url).pathname === "/g") return;
  event.respondWith(fetch(request).catch(async () => {
    const saved = await (await caches.open(SAVED)).match(request, { ignoreSearch: true, ignoreVary: true });
    const kept = saved ?? await (await caches.open(KEPT)).match(PAGE);
    return kept ?? Response.error();
  }));
});

self.addEventListener("push", (event) => {
  event.waitUntil((async () => {
    const kept = await (await caches.open(TOLD)).match(SAID);
    const { title = "•", lang = "", dir = "auto" } = kept ? await kept.json() : {};
    // One at a time: the next takes its place.
    await self.registration.showNotification(title, { tag: TOLD, lang, dir });
  })());
});

self.addEventListener("notificationclick", (event) => {
  event.notification.close();
  event.waitUntil(self.clients.openWindow("/b"));
});
