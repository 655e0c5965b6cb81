"""Hands that have no mouse: Tab, Enter, Space and letters, and a look at where the focus stands."""

from __future__ import annotations

from dataclasses import dataclass, field

from playwright.sync_api import Locator, Page

# More steps than any page has places to stand on: whoever needs more is caught in a circle.
MOST_STEPS = 160
# What is wrong with where the focus stands, or nothing: no ring around it, or something lies over it.
STANDING = """() => {
  const at = document.activeElement;
  if (!at || at === document.body || at.id === "main") return "";
  const name = at.outerHTML.slice(0, 120);
  const shown = at.closest("label.chip, .wait") ?? at;
  const style = getComputedStyle(shown);
  const ring = (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== "none";
  if (!ring) return "no ring: " + name;
  const box = shown.getBoundingClientRect();
  if (!box.width || !box.height) return "nothing to see: " + name;
  const top = document.elementFromPoint(box.left + box.width / 2, box.top + Math.min(box.height / 2, 40));
  return top && (shown.contains(top) || top.contains(shown)) ? "" : "covered: " + name;
}"""
HERE = "(node) => node === document.activeElement"


@dataclass
class Hands:
    """Somebody at a keyboard. ``wrong`` gathers what she could not see."""

    page: Page
    wrong: list[str] = field(default_factory=list)

    def step(self) -> None:
        """To the next place."""
        self.page.keyboard.press("Tab")
        found = self.page.evaluate(STANDING)
        if found:
            self.wrong.append(f"{self.page.url}: {found}")

    def to(self, what: str) -> Locator:
        """Step on until the focus stands on the first such thing."""
        wanted = self.page.locator(what).first
        wanted.wait_for(state="attached")
        for _ in range(MOST_STEPS):
            self.step()
            if wanted.evaluate(HERE):
                return wanted
        raise AssertionError(f"{self.page.url}: no way to {what} by the keyboard")

    def press(self, what: str) -> None:
        """Go there and press Enter: what follows is another page."""
        self.to(what)
        self.enter()

    def enter(self) -> None:
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")

    def write(self, what: str, words: str) -> None:
        """Go to a field and type, after what stands there."""
        self.to(what)
        self.page.keyboard.press("Control+End")
        self.page.keyboard.insert_text(words)

    def tick(self, what: str) -> None:
        """Go to a box or a choice and set it."""
        box = self.to(what)
        if not box.is_checked():
            self.page.keyboard.press("Space")
        assert box.is_checked(), what
