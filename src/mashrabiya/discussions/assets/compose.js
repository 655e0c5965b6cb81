"use strict";
// Looks for similar threads when the title is left: only the title is sent, and the answer is the
// same page that the button brings. Without this file the button does it.
(() => {
  const title = document.getElementById("title");
  const place = document.getElementById("similar");
  if (!title || !place) return;
  let asked = title.value.trim();

  title.addEventListener("change", () => {
    const typed = title.value.trim();
    if (typed.length < 4 || typed === asked) return;
    asked = typed;
    // The browser reads the page, so that no text is ever made into one here.
    const asking = new XMLHttpRequest();
    asking.open("POST", title.form.getAttribute("action"));
    asking.responseType = "document";
    asking.addEventListener("load", () => {
      const found = asking.status === 200 && asking.response && asking.response.getElementById("similar");
      if (found && title.value.trim() === asked) place.replaceChildren(...found.childNodes);
    });
    asking.send(new URLSearchParams({ _f: title.form.elements["_f"].value, title: typed, similar: "1" }));
  });
})();
