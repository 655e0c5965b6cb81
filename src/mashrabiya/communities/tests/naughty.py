"""What nobody would call a community, and somebody will."""

from __future__ import annotations

NAUGHTY = [
    "undefined",
    "'; DROP TABLE community; --",
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "{{ 7*7 }}{% raw %}",
    "../../../etc/passwd%00",
    "\u202etest\u202e",
    "\ufeff\u200b\u200d",
    "Ṱ̺̺̕o͞ ̷i̲̬͇̪͙n̝̗͕v̟̜̘̦͟o̶̙̰̠kè͚̮̺̪̹̱̤",
    "﷽" * 60,
    "👩🏽‍❤️‍💋‍👩🏽" * 20,
    "\x00\x01\x7f",
    "%s%n%x{0}",
    "ﾉ｀ｨ(´∀｀∩",
    "𝕋𝕙𝕖 𝕢𝕦𝕚𝕔𝕜",
    "a" * 5000,
]
