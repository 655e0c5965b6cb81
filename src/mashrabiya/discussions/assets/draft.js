"use strict";
// Keeps what is written under a name as a draft, some seconds after the last key: the same form goes to the same
// place as by the button. Nothing is put into the browser, and without a new key nothing is sent.
(() => {
  const state = document.getElementById("draft-state");
  const form = state && state.closest("form");
  if (!form) return;
  const left = document.getElementById("draft-left");
  const QUIET = 4000;
  const APART = 30000;
  let timer = 0;
  let last = -APART;
  let asking = null;
  let stopped = false;

  function unnamed() {
    const field = form.elements["unnamed"];
    return Boolean(field) && (field.type === "hidden" || field.checked);
  }

  function answered() {
    const page = asking.response;
    const found = page && page.getElementById("draft-state");
    asking = null;
    last = performance.now();
    if (found && !unnamed()) state.replaceChildren(...found.childNodes);
    else if (!found) state.querySelectorAll("p").forEach((said) => said.remove());
    // A number is asked for, another device was quicker, or the house is closed to her: she presses the button.
    stopped = !found || Boolean(state.querySelector("[data-stop]"));
  }

  function keep() {
    if (stopped || asking || unnamed()) return;
    const sent = new URLSearchParams({ keep_draft: "1", auto: "1" });
    for (const [name, value] of new FormData(form)) if (typeof value === "string") sent.append(name, value);
    asking = new XMLHttpRequest();
    asking.open("POST", form.getAttribute("action"));
    asking.responseType = "document";
    asking.timeout = 8000;
    asking.addEventListener("loadend", answered);
    asking.send(sent);
  }

  form.addEventListener("input", () => {
    if (left) left.hidden = !(unnamed() && form.elements["draft"]);
    clearTimeout(timer);
    timer = setTimeout(keep, Math.max(QUIET, last + APART - performance.now()));
  });

  // What is on its way is waited for, so that the form says which draft goes with what it posts.
  form.addEventListener("submit", (event) => {
    clearTimeout(timer);
    if (!asking) return;
    event.preventDefault();
    const by = event.submitter;
    asking.addEventListener("loadend", () => form.requestSubmit(by));
  });
})();
