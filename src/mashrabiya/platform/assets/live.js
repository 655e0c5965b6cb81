"use strict";
// Hears that something is new, by one line for all tabs of this browser. Nothing is kept by the browser, and nothing but
// numbers comes in: a page that wants to know more asks for it as usual. Every page works without this file.
(() => {
  const own = [...document.querySelectorAll("[data-live]")].map((e) => e.dataset.live).filter(Boolean);
  if (!own.length || !self.EventSource) return;
  const me = Math.random().toString(36).slice(2);
  const tabs = new Map([[me, own]]);
  const channel = self.BroadcastChannel && navigator.locks ? new BroadcastChannel("live") : null;
  let source = null;
  let holding = false;
  let tries = 0;

  // "kind.key.number" has told us of a number; whoever shows that thread goes on from there.
  function hear(words) {
    for (const word of words.split(" ")) {
      const at = word.lastIndexOf(".");
      const detail = { topic: word.slice(0, at), n: Number(word.slice(at + 1)) };
      document.dispatchEvent(new CustomEvent("live", { detail }));
      for (const [tab, topics] of tabs) {
        tabs.set(tab, topics.map((one) => one.startsWith(detail.topic + ".") ? word : one));
      }
    }
  }

  // What all tabs watch, each topic once and with the least number: nobody misses what another tab knows already.
  function watched() {
    const least = new Map();
    for (const word of [...tabs.values()].flat()) {
      const at = word.lastIndexOf(".");
      const n = Number(word.slice(at + 1));
      const topic = word.slice(0, at);
      least.set(topic, Math.min(n, least.get(topic) ?? n));
    }
    return [...least].slice(-5).map(([topic, n]) => topic + "." + n).join(",");
  }

  function open() {
    source?.close();
    source = new EventSource("/live?t=" + watched());
    source.addEventListener("open", () => { tries = 0; });
    source.addEventListener("message", (event) => {
      channel?.postMessage({ news: event.data });
      hear(event.data);
    });
    source.addEventListener("error", () => {
      // Where the house said no, the browser does not ask again by itself; later it may be let in.
      if (source.readyState === EventSource.CLOSED && tries < 5) {
        tries += 1;
        setTimeout(() => { if (holding) open(); }, 30000 * tries * (1 + Math.random()));
      }
    });
  }

  let waiting = 0;
  function openSoon() {
    clearTimeout(waiting);
    waiting = setTimeout(open, 300);
  }

  function hold() {
    holding = true;
    channel?.postMessage({ who: me });
    openSoon();
    return new Promise(() => {});
  }

  channel?.addEventListener("message", ({ data }) => {
    if (data.news) hear(data.news);
    else if (data.who) channel.postMessage({ tab: me, topics: tabs.get(me) });
    else if (data.gone) tabs.delete(data.gone);
    else if (data.tab && holding) {
      tabs.set(data.tab, data.topics);
      openSoon();
    }
  });
  // What a page says of itself is gone with it; the line is closed before the next page asks for its own.
  addEventListener("pagehide", () => {
    channel?.postMessage({ gone: me });
    source?.close();
    channel?.close();
  });

  function begin() {
    if (!channel) hold();
    else {
      channel.postMessage({ tab: me, topics: own });
      navigator.locks.request("live", hold).catch(() => {});
    }
  }

  // A page that watches for nothing but the word beside a tab does so once somebody stays on it.
  if (own.every((one) => one.startsWith("b."))) setTimeout(begin, 8000);
  else begin();
})();
