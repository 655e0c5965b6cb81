"use strict";
// Looks for similar threads when the title is left: only the title is sent, and the answer is the
// same page that the button brings. Without this file the button does it.
(() => {
  const title = document.getElementById("title");
  const place = document.getElementById("similar");
  if (!title || !place) return;
  let asked = title.value.trim();

  title.addEventListener("change", async () => {
    const typed = title.value.trim();
    if (typed.length < 4 || typed === asked) return;
    asked = typed;
    const form = title.form;
    const body = new URLSearchParams({ _f: form.elements["_f"].value, title: typed, similar: "1" });
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body });
      if (!answer.ok) return;
      const page = new DOMParser().parseFromString(await answer.text(), "text/html");
      const found = page.getElementById("similar");
      if (found && title.value.trim() === asked) place.replaceChildren(...found.childNodes);
    } catch {
      // Without an answer nothing is shown; the button stays.
    }
  });
})();
