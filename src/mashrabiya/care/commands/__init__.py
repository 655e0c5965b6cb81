"""Deciding, alone or by two, and taking decisions back."""

from mashrabiya.care.commands.among import (
    asides_left_over,
    forget_among,
    give_back,
    hand_over,
    let_asides_go,
    let_go,
    take,
    unwrite_aside,
    write_aside,
)
from mashrabiya.care.commands.appeals import answer_appeal, appeal
from mashrabiya.care.commands.automatic import BY_RULE
from mashrabiya.care.commands.closing import agree_to_closing, propose_closing, read_closing
from mashrabiya.care.commands.decisions import (
    decide,
    decide_unreported,
    forget_persona,
    undo,
)
from mashrabiya.care.commands.in_place import take_back_tending, tend
from mashrabiya.care.commands.learning import ask_to_learn, forget_post, learn
from mashrabiya.care.commands.openness import keep_sums
from mashrabiya.care.commands.overdue import leave_notes, let_held_show, let_texts_go
from mashrabiya.care.commands.pulled import put_away_pulled
from mashrabiya.care.commands.reporting import report
from mashrabiya.care.commands.roles import (
    agree_to_role,
    end_terms,
    give_first,
    lay_down,
    propose_role,
    withdraw_role,
)
from mashrabiya.care.commands.room import forget_room, meet_in_room, say_in_room, take_back_line
from mashrabiya.care.commands.together import agree, forget_proposals, propose_mode, withdraw
from mashrabiya.care.commands.waves import begin_undoing, begin_wave, hide_together, undo_together
from mashrabiya.care.commands.wordings import forget_asked_wordings

__all__ = [
    "BY_RULE",
    "agree",
    "agree_to_closing",
    "agree_to_role",
    "answer_appeal",
    "appeal",
    "asides_left_over",
    "ask_to_learn",
    "begin_undoing",
    "begin_wave",
    "decide",
    "decide_unreported",
    "end_terms",
    "forget_among",
    "forget_asked_wordings",
    "forget_persona",
    "forget_post",
    "forget_proposals",
    "forget_room",
    "give_back",
    "give_first",
    "hand_over",
    "hide_together",
    "keep_sums",
    "lay_down",
    "learn",
    "leave_notes",
    "let_asides_go",
    "let_go",
    "let_held_show",
    "let_texts_go",
    "meet_in_room",
    "propose_closing",
    "propose_mode",
    "propose_role",
    "put_away_pulled",
    "read_closing",
    "report",
    "say_in_room",
    "take",
    "take_back_line",
    "take_back_tending",
    "tend",
    "undo",
    "undo_together",
    "unwrite_aside",
    "withdraw",
    "withdraw_role",
    "write_aside",
]
