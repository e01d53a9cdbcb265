"""The one door for what may be published: withhold what says too much of few, attack the rest."""

from metrics.disclosure.attack import Attacker, Attempt, Exposed, attack, ranges
from metrics.disclosure.earlier import Said, Standing, changed_tables, standing
from metrics.disclosure.model import (
    Cell,
    Group,
    Key,
    Relation,
    Tables,
    adds_up,
    at_least,
    percentage,
)
from metrics.disclosure.policy import POLICY, Policy
from metrics.disclosure.primary import Why
from metrics.disclosure.protect import Cost, Protection, Unprotectable, protect
from metrics.disclosure.published import Published, exactly, merge, rounded
from metrics.disclosure.report import Report, Withheld, report
from metrics.disclosure.system import Contradiction

__all__ = [
    "POLICY",
    "Attacker",
    "Attempt",
    "Cell",
    "Contradiction",
    "Cost",
    "Exposed",
    "Group",
    "Key",
    "Policy",
    "Protection",
    "Published",
    "Relation",
    "Report",
    "Said",
    "Standing",
    "Tables",
    "Unprotectable",
    "Why",
    "Withheld",
    "adds_up",
    "at_least",
    "attack",
    "changed_tables",
    "exactly",
    "merge",
    "percentage",
    "protect",
    "ranges",
    "report",
    "rounded",
    "standing",
]
