"use strict";
// The row of emoji under a text: pressed, they stand where the cursor is. Without this file they can be copied from there.
(() => {
  const field = document.getElementById("body");
  const row = document.getElementById("emoji");
  if (!field || !row) return;
  const buttons = row.textContent.trim().split(/\s+/).map((sign) => {
    const button = document.createElement("button");
    button.type = "button";
    button.className = "btn bare";
    button.textContent = sign;
    return button;
  });
  row.replaceChildren(...buttons);

  row.addEventListener("click", (event) => {
    const button = event.target.closest("button");
    if (!button) return;
    // The field stays as it was, and one step back takes the sign out again.
    field.focus();
    if (!document.execCommand("insertText", false, button.textContent)) {
      field.setRangeText(button.textContent, field.selectionStart, field.selectionEnd, "end");
    }
    field.dispatchEvent(new Event("input", { bubbles: true }));
  });
})();
