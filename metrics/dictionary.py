"""The data dictionary: a row an indicator, with all that a reader needs to question a figure."""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import astuple, dataclass, fields

from data_model.vocabulary import Breakdown, Nation
from metrics import INDICATORS
from metrics.indicator import Group, Indicator, NationRule, Reported, Target
from metrics.known_breaks import KnownBreak
from metrics.outcome import GARWOOD
from metrics.recording import RETURNS_LATE
from metrics.return_wholes import why_whole
from metrics.returned import RETURN, Returned

ASKS = re.compile(r"Of the (?P<out_of>.+?), (?P<counts>(?:in |for |after )?how many .+)\?")
"""How the question of an indicator from cases is put: what it is out of, and what is counted."""

WILSON = "Wilson 95%"
BY_SAMPLING = "by how the cases were chosen: exact for the list they were drawn from, or none"
SEVERAL = "none: several rows may stem from one case"
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
    "target": "Target",
    "interval": "Interval",
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
    target: str
    interval: str
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
        apart=_apart(declared),
        breaks="; ".join(map(break_in_words, declared.breaks)),
        nations="; ".join(map(rule_in_words, declared.rules)),
        target=_target(declared),
        interval=interval_of(declared),
        comes_from=_comes_from(declared, line),
        sent_by=_sent_by(line),
    )


def _apart(declared: Indicator | Reported) -> str:
    """Return by what an indicator is taken apart, and why by nothing or by nothing more."""
    by = "; ".join(breakdown.english for breakdown in declared.apart)
    why = why_whole(declared)
    if not why:
        return by
    return f"{by} ({why})" if by else f"Not taken apart: {why}"


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


def target_in_words(target: Target) -> str:
    """Return what is to be reached, who says so, since when, and what is said of it."""
    nation = f" ({target.nation.english})" if target.nation else ""
    stated = f"{target.whose}, stated since {target.since:%B %Y}"
    return f"{target.value:g}%{nation}, {stated}: {target.says} ({target.source})"


def interval_of(declared: Indicator | Reported) -> str:
    """Return which interval a figure of counts carries, or why it has none."""
    if isinstance(declared, Indicator):
        return BY_SAMPLING if declared.rows == "cases" else SEVERAL
    if declared.why_no_interval:
        return f"none: {declared.why_no_interval}"
    if declared.denominator is None:
        return "none: a count by itself"
    return GARWOOD if declared.per else WILSON


def _target(declared: Indicator | Reported) -> str:
    held = declared.target if isinstance(declared, Reported) else None
    return target_in_words(held) if held else ""


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
