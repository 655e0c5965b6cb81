"use strict";
// Answering and quoting without leaving the page, so that nothing typed is lost. Without this
// file the same links open the page anew. Only text is moved; no name is put into it.
(() => {
  const LIMIT = 1500;

  // What was selected inside this post, else all of its text.
  function passage(post) {
    const words = post.querySelector(".body, .post");
    const chosen = getSelection();
    const inside = chosen && chosen.rangeCount > 0 && !chosen.isCollapsed
      && words.contains(chosen.getRangeAt(0).commonAncestorContainer);
    const text = (inside ? chosen.toString() : words.innerText || words.textContent).trim();
    return text.length > LIMIT ? text.slice(0, LIMIT - 1).trimEnd() + "\u2026" : text;
  }

  const quoted = (text) => text.split("\n").map((line) => ("> " + line).trimEnd()).join("\n");

  // The box that says which post is answered, with the name as it stands there.
  function answer(post) {
    const label = document.getElementById("answering");
    const number = post.id.slice(1);
    const name = post.querySelector(".who b");
    const shown = post.querySelector(".who small > a:last-child");
    label.querySelector("input").value = number;
    label.querySelector("input").checked = true;
    label.querySelector("bdi").textContent = [name, shown].filter(Boolean).map((e) => e.textContent.trim()).join(" \u00b7 ");
    label.hidden = false;
  }

  function insert(field, text) {
    const typed = field.value.trimEnd();
    field.value = (typed ? typed + "\n\n" : "") + text + "\n\n";
  }

  // In some browsers a press on a link empties the selection.
  document.addEventListener("mousedown", (event) => {
    if (event.target.closest("[data-write=quote]")) event.preventDefault();
  });

  document.addEventListener("click", (event) => {
    const link = event.target.closest("[data-write]");
    const field = document.getElementById("body");
    if (!link || !field || event.ctrlKey || event.metaKey || event.shiftKey || event.button) return;
    const post = link.closest("article");
    const quoting = link.dataset.write === "quote";
    // A text under a note brings its notes along: the house does that, unless words would be lost.
    if (quoting && post.querySelector("details.fold") && !field.value.trim()) return;
    event.preventDefault();
    const menu = link.closest("details.acts");
    if (menu) menu.open = false;
    answer(post);
    if (quoting) insert(field, quoted(passage(post)));
    document.getElementById("write").scrollIntoView();
    field.focus();
    field.setSelectionRange(field.value.length, field.value.length);
  });
})();
