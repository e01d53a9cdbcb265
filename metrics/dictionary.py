"""The data dictionary: a row an indicator, with all that a reader needs to question a figure."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

from data_model.vocabulary import Breakdown, Nation
from metrics import INDICATORS
from metrics.indicator import Group, Indicator, NationRule, Reported
from metrics.known_breaks import KnownBreak
from metrics.recording import RETURNS_LATE
from metrics.returned import RETURN, Returned

ASKS = re.compile(r"Of the (?P<out_of>.+?), (?P<counts>(?:in |for |after )?how many .+)\?")
"""How the question of an indicator from cases is put: what it is out of, and what is counted."""

FROM_CASES = "recorded cases"
FROM_RETURNS = "the standard return"
FROM_PUBLICATIONS = "publications only"
FROM_HERE = "counted here from when returns came"
HEADINGS = {
    "code": "Code",
    "title": "Title",
    "group": "Group",
    "counts": "What is counted",
    "out_of": "Out of",
    "unit": "Unit",
    "period": "Period",
    "polarity": "Polarity",
    "source": "Source",
    "apart": "Taken apart by",
    "breaks": "Known breaks",
    "nations": "Rules of England and Wales",
    "comes_from": "Comes from",
    "sent_by": "Sent by",
}


@dataclass(frozen=True)
class Entry:
    """One row of the dictionary, in words; what does not apply is empty."""

    code: str
    title: str
    group: str
    counts: str
    out_of: str
    unit: str
    period: str
    polarity: str
    source: str
    apart: str
    breaks: str
    nations: str
    comes_from: str
    sent_by: str


def entries() -> tuple[Entry, ...]:
    """Return every indicator's row, in the order of a scorecard."""
    lines = {line.code: line for line in RETURN}
    order = list(Group)
    ranked = sorted(INDICATORS, key=lambda declared: order.index(declared.group))
    return tuple(_entry(declared, lines.get(declared.code)) for declared in ranked)


def as_csv(rows: Sequence[Entry] | None = None) -> str:
    """Return the dictionary as CSV text with a row of headings."""
    held = io.StringIO()
    writer = csv.writer(held, lineterminator="\n")
    writer.writerow([HEADINGS[each.name] for each in fields(Entry)])
    writer.writerows(astuple(entry) for entry in (entries() if rows is None else rows))
    return held.getvalue()


def as_markdown(rows: Sequence[Entry] | None = None) -> str:
    """Return the dictionary as Markdown: a heading a group, and a table a group below it."""
    held = entries() if rows is None else rows
    parts = ["# Data dictionary\n", "Generated from the declarations in `metrics/`.\n"]
    for group in Group:
        mine = [entry for entry in held if entry.group == group.english]
        if mine:
            parts += [f"## {group.english}\n", _table(mine)]
    return "\n".join(parts)


def _table(rows: Sequence[Entry]) -> str:
    names = [each.name for each in fields(Entry) if each.name != "group"]
    lines = [
        [HEADINGS[name] for name in names],
        ["---"] * len(names),
        *([_cell(getattr(entry, name)) for name in names] for entry in rows),
    ]
    return "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def _cell(text: str) -> str:
    return text.replace("|", "\\|")


def _entry(declared: Indicator | Reported, line: Returned | None) -> Entry:
    counts, out_of = _numbers(declared)
    return Entry(
        code=declared.code,
        title=declared.title,
        group=declared.group.english,
        counts=counts,
        out_of=out_of,
        unit=declared.unit if isinstance(declared, Reported) else "percent",
        period=declared.period,
        polarity=declared.better.english,
        source=declared.source,
        apart="; ".join(breakdown.english for breakdown in declared.apart),
        breaks="; ".join(map(break_in_words, declared.breaks)),
        nations="; ".join(map(rule_in_words, declared.rules)),
        comes_from=_comes_from(declared, line),
        sent_by=_sent_by(line),
    )


def _numbers(declared: Indicator | Reported) -> tuple[str, str]:
    """Return in words what is counted and what it is out of."""
    if isinstance(declared, Reported):
        return declared.numerator, declared.denominator or ""
    asks = ASKS.fullmatch(declared.asks)
    if asks is None:
        message = f"{declared.code} does not ask “Of the …, how many …?”"
        raise ValueError(message)
    return asks["counts"], asks["out_of"]


def named(breakdown: Breakdown) -> str:
    """Return a way of taking people apart within a sentence."""
    return breakdown.english.lower()


def break_in_words(known: KnownBreak) -> str:
    """Return when and where a series is known to break, and why."""
    day = f"{known.on.day} {known.on:%B %Y}"
    return f"{day} ({_where(known.nation)}): {known.why.removesuffix('.')} ({known.source})"


def rule_in_words(rule: NationRule) -> str:
    """Return what one nation expects, with its paragraph."""
    return f"{rule.nation.english}: {rule.says.removesuffix('.')} ({rule.source})"


def _where(nation: Nation | None) -> str:
    return nation.english if nation else "England and Wales"


def _comes_from(declared: Indicator | Reported, line: Returned | None) -> str:
    if isinstance(declared, Indicator):
        return FROM_CASES
    if declared.code == RETURNS_LATE.code:
        return FROM_HERE
    return FROM_RETURNS if line else FROM_PUBLICATIONS


def _sent_by(line: Returned | None) -> str:
    """Return who sends a line of the return, and in which nation if only in one."""
    if line is None:
        return ""
    only = f" ({line.nation.english})" if line.nation else ""
    return f"{line.sent_by.english}{only}"
