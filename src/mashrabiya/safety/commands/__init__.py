"""Filing reports and closing them, and keeping automatic rules."""

from mashrabiya.safety.commands.precepts import (
    RULEBOOK,
    add_precept,
    change_precept,
    delete_precept,
    forget_precepts,
    switch_precept,
)
from mashrabiya.safety.commands.reports import (
    call,
    call_off,
    close_reports,
    forget_persona,
    report,
    stand_for_all,
)

__all__ = [
    "RULEBOOK",
    "add_precept",
    "call",
    "call_off",
    "change_precept",
    "close_reports",
    "delete_precept",
    "forget_persona",
    "forget_precepts",
    "report",
    "stand_for_all",
    "switch_precept",
]
