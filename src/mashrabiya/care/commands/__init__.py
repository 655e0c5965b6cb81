"""Deciding, alone or by two, and taking decisions back."""

from mashrabiya.care.commands.appeals import answer_appeal, appeal
from mashrabiya.care.commands.decisions import decide, decide_unreported, forget_persona, let_texts_go, undo
from mashrabiya.care.commands.learning import ask_to_learn, forget_post, learn
from mashrabiya.care.commands.reporting import report
from mashrabiya.care.commands.together import agree, propose_mode, withdraw

__all__ = [
    "agree",
    "answer_appeal",
    "appeal",
    "ask_to_learn",
    "decide",
    "decide_unreported",
    "forget_persona",
    "forget_post",
    "learn",
    "let_texts_go",
    "propose_mode",
    "report",
    "undo",
    "withdraw",
]
