"""Write the pages of this folder that the code says by itself: `python docs/generate.py`.

Indicators, roles and the workflow are declared as data; these pages print the declarations,
so that a change of definition shows in a diff that anybody can question.
"""

import sys
from pathlib import Path
from textwrap import dedent

HERE = Path(__file__).parent
sys.path.insert(0, str(HERE.parent))

from data_model.sight import WHY  # noqa: E402
from inspect_app.access import TRUTH, Permission  # noqa: E402
from inspect_app.command_line.serving import EVERY  # noqa: E402
from inspect_app.settings import Setting  # noqa: E402
from inspect_app.workflow import APART, MOVES, Axis, Move  # noqa: E402
from metrics import INDICATORS, dictionary  # noqa: E402
from metrics.check import Check  # noqa: E402
from metrics.checks import CHECKS  # noqa: E402
from metrics.indicator import Group, Indicator, Reported  # noqa: E402
from metrics.recording import RETURNS_LATE  # noqa: E402
from metrics.returned import DUE  # noqa: E402


def indicators() -> str:
    """Return the page of every indicator, by group."""
    parts = [
        "# Indicators\n",
        "Generated from the declarations in `metrics/`. Rows are sorted into counted, not "
        "counted and left out; *not recorded* stays in the denominator.\n",
        f"{DUE.says} {DUE.source}\n",
    ]
    for group in Group:
        held = [indicator for indicator in INDICATORS if indicator.group is group]
        parts += [f"## {group.english}\n", *map(_indicator, held)]
    return "\n".join(parts)


def _indicator(held: Indicator | Reported) -> str:
    heading = f"### {held.title}\n\n`{held.code}` · {held.source} · {held.better.english}\n"
    example = dedent(held.example).strip("\n")
    return f"{heading}\n{_counted(held)}\n{_known(held)}\n```\n{example}\n```\n"


def _counted(held: Indicator | Reported) -> str:
    """Return where the number comes from, and for rows which of them are counted."""
    if isinstance(held, Indicator):
        return (
            f"{held.asks}\n\nFrom `{held.rows}`: out of `{held.out_of}`, counts `{held.counts}`.\n"
        )
    return f"{_stated(held)}, in {held.unit}.\n"


def _stated(held: Reported) -> str:
    if held.code == RETURNS_LATE.code:
        return "Counted here from the days on which returns came"
    return "Stated by a return or a publication"


def _known(held: Indicator | Reported) -> str:
    """Return the numbers, the period, the parts, known breaks and nations' rules, a line each."""
    lines = [
        *_numbers(held),
        f"period: {held.period}",
        f"taken apart by: {', '.join(map(dictionary.named, held.apart)) or 'nothing'}",
        *(f"break: {dictionary.break_in_words(known)}" for known in held.breaks),
        *(f"rule: {dictionary.rule_in_words(rule)}" for rule in held.rules),
        *_target(held),
        f"interval: {dictionary.interval_of(held)}",
    ]
    return "\n".join(f"- {line}" for line in lines) + "\n"


def _target(held: Indicator | Reported) -> list[str]:
    """Return the target that a source states, if there is one."""
    target = held.target if isinstance(held, Reported) else None
    return [f"target: {dictionary.target_in_words(target)}"] if target else []


def _numbers(held: Indicator | Reported) -> list[str]:
    """Return what a stated figure counts and what that is of; the question says it of rows."""
    if isinstance(held, Indicator):
        return []
    return [f"counts: {held.numerator}", *([f"of: {held.denominator}"] if held.denominator else [])]


def checks() -> str:
    """Return the page of every check against false reassurance, in the order they are run."""
    parts = [
        "# Checks against false reassurance\n",
        "Generated from the declarations in `metrics/checks/`. Each row that a check looks at "
        "is sorted by itself into found, nothing, not checked and left out. What could not be "
        "checked is said, and is never a pass.\n",
    ]
    return "\n".join([*parts, *map(_check, CHECKS)])


def _check(held: Check) -> str:
    example = dedent(held.example).strip("\n")
    return (
        f"## {held.title}\n\n`{held.code}` · {held.source} · {held.severity.english}\n\n"
        f"{held.why}\n\n"
        f"- looks at: {held.looks_at}\n- needs: {held.needs}\n- says: {held.says}\n"
        f"- a board should ask: {held.asks}\n\n```\n{example}\n```\n\n"
        f"From `{held.rows}`: looks at `{held.about}`; can be checked where `{held.known}`; "
        f"found where `{held.found}`.\n"
    )


def roles() -> str:
    """Return the page of what each role may do, where, and who never does two things at once."""
    names = [role.english for role in TRUTH]
    rows = [
        f"| {permission} | "
        + " | ".join(held.get(permission, "") for held in TRUTH.values())
        + " |"
        for permission in Permission
    ]
    apart = [f"| {rule.thing} | {rule.taking} | {rule.held} | {rule.why} |" for rule in APART]
    tasks = [f"| {task} | {why} |" for task, why in WHY.items()]
    return "\n".join(
        [
            "# Roles\n",
            "Generated from `inspect_app/access.py`: who may do what, and where. An empty cell is "
            "no. How services and PostgreSQL keep to it is in `docs/access.md`.\n",
            "| may | " + " | ".join(names) + " |",
            "| --- |" + " --- |" * len(names),
            *rows,
            "\n## Never the same person\n",
            "Generated from `inspect_app/workflow/apart.py`.\n",
            "| of a | nobody is | who is | because |",
            "| --- | --- | --- | --- |",
            *apart,
            "\n## What the database shows beside a person's own rows\n",
            "Generated from `data_model/sight.py`: the tasks that a transaction can name.\n",
            "| task | shows |",
            "| --- | --- |",
            *tasks,
            "",
        ]
    )


def _tick(allowed: bool) -> str:  # noqa: FBT001 - a cell of the table
    return "yes" if allowed else ""


def workflow() -> str:
    """Return the page of what may follow what, with a diagram an axis."""
    parts = ["# Workflow\n", "Generated from `inspect_app/workflow/`.\n"]
    for axis in Axis:
        moves = [move for move in MOVES if move.axis is axis]
        arrows = [f"    {m.before} --> {m.after}" for m in moves]
        needs = [
            f"| {m.before.english} | {m.after.english} | {_made_by(m)} | {'; '.join(m.needs)} |"
            for m in moves
        ]
        parts += [
            f"## {axis.capitalize()}\n",
            "\n".join(["```mermaid", "stateDiagram-v2", *arrows, "```", ""]),
            "\n".join(
                ["| from | to | who may | what it needs |", "| --- | --- | --- | --- |", *needs, ""]
            ),
        ]
    return "\n".join([*parts, _independence()])


def _made_by(move: Move) -> str:
    """Return who makes a move; some the product makes when something else happens."""
    return f"follows from: {move.who}" if move.follows else str(move.who)


def _independence() -> str:
    """Return the section of who may never do two things at once."""
    rows = [f"| {rule.thing} | {rule.taking} | {rule.held} | {rule.why} |" for rule in APART]
    return "\n".join(
        [
            "## Independence\n",
            "Whoever is the one of a case or a recommendation never becomes the other.\n",
            "| of a | nobody becomes | who is already | because |",
            "| --- | --- | --- | --- |",
            *rows,
            "",
        ]
    )


def installation() -> str:
    """Return the page about installing, with its table of settings as they are declared now."""
    page = (HERE / "installation.md").read_text(encoding="utf-8")
    before, opening, rest = page.partition("<!-- settings:")
    marked, _, after = rest.partition("-->\n")
    _, closing, end = after.partition("<!-- /settings -->")
    table = "\n".join(
        [
            "| setting | meaning | without it | for example |",
            "| --- | --- | --- | --- |",
            *map(_setting, EVERY),
        ]
    )
    return f"{before}{opening}{marked}-->\n{table}\n{closing}{end}"


def _setting(held: Setting) -> str:
    secret = " **A secret.**" if held.secret else ""
    return f"| `{held.name}` | {held.meaning}{secret} | {held.default} | `{held.example}` |"


PAGES = {
    "checks.md": checks,
    "data-dictionary.csv": dictionary.as_csv,
    "data-dictionary.md": dictionary.as_markdown,
    "indicators.md": indicators,
    "installation.md": installation,
    "roles.md": roles,
    "workflow.md": workflow,
}


def main() -> None:
    """Write every generated page."""
    for name, page in PAGES.items():
        (HERE / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
