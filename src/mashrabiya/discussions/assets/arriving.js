"use strict";
// Answers that come while a thread is open stand at its end without the page being asked for anew. They are taken from
// the page that the house shows this reader, so that she sees here what she would see there. Only whole articles are
// moved; while she writes, they wait behind a line that says how many there are.
(() => {
  const replies = document.querySelector("#replies[data-live]");
  const told = document.getElementById("arrived");
  if (!replies || !told) return;
  const word = replies.dataset.live;
  const topic = word.slice(0, word.lastIndexOf("."));
  const link = told.querySelector("a");
  const count = told.querySelector("bdi");
  const articles = (root) => [...root.querySelectorAll("#replies > article[id^=n]")];
  const number = (article) => Number(article.id.slice(1));
  // The hidden field of a form holds a number and, masked by it anew each time, the mark of the session.
  const session = (root) => {
    const said = root.querySelector("#helping input[name=_f]")?.value ?? "";
    const half = said.length / 2;
    return [...said.slice(0, half)].map((one, at) => parseInt(one, 16) ^ parseInt(said[half + at], 16)).join();
  };
  const mine = session(document);
  const atEnd = replies.dataset.end === "1";
  let shown = Number(word.slice(word.lastIndexOf(".") + 1));
  let waiting = [];
  let asking = false;
  let again = false;
  let over = false;

  const digits = new Intl.NumberFormat(document.documentElement.lang + "-u-nu-" + (replies.dataset.digits || "latn"), { useGrouping: false });
  const writes = () => {
    const form = document.getElementById("write");
    return form !== null && form.contains(document.activeElement) && document.activeElement.matches("textarea, input");
  };

  function put() {
    for (const article of waiting) told.before(article);
    shown = Math.max(shown, ...waiting.map(number));
    waiting = [];
    told.hidden = true;
  }

  function say() {
    count.textContent = digits.format(waiting.length);
    link.href = link.pathname + "?n=" + number(waiting[0]) + "#n" + number(waiting[0]);
    told.hidden = false;
  }

  // The house's own page of what comes after, read by the browser and never run.
  function ask(after) {
    return new Promise((done, failed) => {
      const request = new XMLHttpRequest();
      request.open("GET", link.pathname + "?n=" + (after + 1));
      request.responseType = "document";
      // Nobody pressed anything: this is no use of her session.
      request.setRequestHeader("X-Unasked", "1");
      request.timeout = 20000;
      request.onload = () => request.status === 200 && request.response ? done(request.response) : failed();
      request.onerror = request.ontimeout = failed;
      request.send();
    });
  }

  // Another session of this browser, or none: what its reader sees has no place on this page. The link looks anew.
  function leave() {
    over = true;
    count.textContent = "";
    told.hidden = false;
  }

  async function look() {
    if (over) return;
    // What is asked for counts as read: where nobody sees the page, it waits.
    if (asking || document.hidden) { again = true; return; }
    asking = true;
    const known = Math.max(shown, ...waiting.map(number));
    try {
      const page = await ask(known);
      if (session(page) !== mine) { leave(); return; }
      const come = articles(page).filter((one) => number(one) > known).map((one) => document.importNode(one, true));
      waiting.push(...come);
      if (waiting.length && atEnd && !writes()) { say(); put(); announce(come.length); } else if (waiting.length) say();
    } catch { /* the line says so again, or the next page does */ }
    asking = false;
    goOn();
  }

  function goOn() {
    if (again && !document.hidden) { again = false; look(); }
  }

  function announce(many) {
    const quiet = document.getElementById("arrived-said");
    if (many && quiet) quiet.textContent = told.textContent.trim();
  }

  document.addEventListener("visibilitychange", goOn);
  document.addEventListener("live", ({ detail }) => {
    if (detail.topic === topic && detail.n > shown) look();
  });
  link.addEventListener("click", (event) => {
    if (!atEnd || !waiting.length || over) return;
    event.preventDefault();
    const first = waiting[0];
    put();
    first.scrollIntoView();
  });
})();
