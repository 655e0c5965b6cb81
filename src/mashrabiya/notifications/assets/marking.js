"use strict";
// The word beside the tab of notices, on a page that is open: shown when something came for her, as the next page would.
(() => {
  const tab = document.querySelector(".tabs a[data-live]");
  if (!tab) return;
  const topic = tab.dataset.live.slice(0, tab.dataset.live.lastIndexOf("."));
  let asking = false;
  let again = false;

  function ask() {
    if (tab.querySelector("b")) return;
    if (asking || document.hidden) { again = true; return; }
    asking = true;
    const request = new XMLHttpRequest();
    request.open("GET", "/b/new");
    // Nobody pressed anything: this is no use of her session.
    request.setRequestHeader("X-Unasked", "1");
    request.timeout = 20000;
    request.onload = () => { if (request.status === 200 && request.responseText === "1") mark(); };
    request.onloadend = () => { asking = false; goOn(); };
    request.send();
  }

  function mark() {
    const word = document.createElement("b");
    word.textContent = tab.dataset.new;
    if (!tab.querySelector("b")) tab.append(word);
  }

  function goOn() {
    if (again && !document.hidden) { again = false; ask(); }
  }

  document.addEventListener("visibilitychange", goOn);
  document.addEventListener("live", ({ detail }) => { if (detail.topic === topic) ask(); });
})();
