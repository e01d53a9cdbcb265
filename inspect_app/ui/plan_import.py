"""A spreadsheet on its way in: a body's own plan, or a published register; shown, then taken."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

import streamlit as st

from data_model.forms import RegisterForm, checked
from inspect_app.access import Permission
from inspect_app.services import recommendation_list, reference, register_intake
from inspect_app.services.recommendation_list import Wanted
from inspect_app.services.register_values import (
    AsPlan,
    AsRegister,
    AsWhat,
    Became,
    RegisterReport,
    RowReport,
    StatusCount,
    UnknownBody,
)
from inspect_app.signed_in import SignedIn
from inspect_app.ui.forms import Fields, given
from inspect_app.ui.markup import items, more, plain, show, table, tag
from inspect_app.ui.page import refusals
from inspect_app.workbooks.limits import LARGEST_FILE, MEGABYTE, check_size
from inspect_app.workbooks.registers import HEADINGS, Matched

PLAN, REGISTER = "Our action plan", "A published register"
ABOUT = {
    PLAN: "Each row becomes an action on the recommendation it names. Your own columns are "
    "matched; nothing is kept until you say so, and no cell is lost.",
    REGISTER: "Each row becomes a recommendation with its quotation. Its status is kept as the "
    "register's word; nobody is said to have answered here.",
}
NOT_USED = "Not used"
NOT_HERE = "None of ours"
SHOWN, ASKED_ABOUT, ENOUGH = 100, 20, 2
NEEDED = ("name", "source", "dated_on", "themes")


@dataclass(frozen=True)
class Brought:
    """A file that somebody brought; `key` is another for each time one is brought."""

    name: str
    data: bytes = field(repr=False)
    key: str


@dataclass(frozen=True)
class How:
    """How a file is read: as what, from which sheet, and the columns that a person matched."""

    told: AsWhat
    sheet: str | None = None
    columns: Mapping[str, str] | None = None


def may_import(me: SignedIn) -> bool:
    """Return whether the person has a plan to bring, or may enter what others published."""
    return bool(_offered(me))


def _offered(me: SignedIn) -> list[str]:
    plan = me.may(Permission.RESPOND) and _has_answers(me)
    return [PLAN] * plan + [REGISTER] * me.may(Permission.ENTER_PUBLISHED)


def _has_answers(me: SignedIn) -> bool:
    return bool(recommendation_list.page_of(Wanted(own=True), by=me, size=1).total)


def draw(me: SignedIn) -> None:
    """Ask for a file and what it is, show what would become of each row, and take it in."""
    offered = _offered(me)
    kind = offered[0]
    if len(offered) > 1:
        kind = st.radio("What do you bring?", offered, horizontal=True, key="import-kind")
    st.markdown(ABOUT[kind])
    file = st.file_uploader(
        "Spreadsheet (.xlsx) or table (.csv)",
        type=["xlsx", "csv"],
        key=f"import-{kind}",
        max_upload_size=LARGEST_FILE // MEGABYTE,
    )
    told = _plan() if kind == PLAN else _register(me)
    if file is None or told is None:
        return
    with refusals():
        check_size(file.name, file.size)
        _look_and_take(Brought(file.name, file.getvalue(), file.file_id), told, me)


def _plan() -> AsPlan | None:
    name = st.text_input("Name of the plan", "Our action plan", key="import-plan-name").strip()
    return AsPlan(name) if name else None


def _register(me: SignedIn) -> AsRegister | None:
    """Ask what has to be known about a register before its rows can be read."""
    themes = {theme.code: theme.name for theme in reference.themes(by=me)}
    fields = Fields(RegisterForm, "import-register", {})
    sent = {
        "name": fields.ask("name"),
        "source": fields.ask("source"),
        "dated_on": fields.ask("dated_on"),
        "themes": fields.ask("themes", themes),
        "days_to_answer": fields.ask("days_to_answer"),
        "wording": fields.ask("wording", long=True),
    }
    if not all(sent[name] for name in NEEDED):
        st.caption("Its name, publication, date and at least one theme are needed.")
        return None
    with refusals():
        form = checked(RegisterForm, given(sent))
        return AsRegister(register=form.name, **form.model_dump(exclude={"name"}))
    return None


def _look_and_take(file: Brought, told: AsWhat, me: SignedIn) -> None:
    taken: RegisterReport | None = st.session_state.get(f"taken-{file.key}")
    if taken is not None:
        st.success(_headline(taken))
        _rows(taken)
        return
    asked = _how(file, told, me)
    report = _seen(file, asked, me)
    st.info(_headline(report))
    _statuses(report)
    _rows(report)
    whole = bool(report.refused) and st.checkbox(
        "Take all or nothing: keep nothing while rows are refused", key=f"whole-{file.key}"
    )
    if report.brings and st.button("Take it in", type="primary", key=f"take-{file.key}"):
        _take(file, asked, me, whole=whole)


def _take(file: Brought, asked: How, me: SignedIn, *, whole: bool) -> None:
    report = register_intake.take(
        file.name,
        file.data,
        asked.told,
        by=me,
        sheet=asked.sheet,
        columns=asked.columns,
        all_or_nothing=whole,
    )
    if report.held_back:
        st.warning(_headline(report))
        return
    st.session_state[f"taken-{file.key}"] = report
    st.session_state.pop(f"seen-{file.key}", None)
    st.rerun()


def _seen(file: Brought, asked: How, me: SignedIn) -> RegisterReport:
    """Return what would become of each row; a large file is read once for each way of asking."""
    seen: dict[str, RegisterReport] = st.session_state.setdefault(f"seen-{file.key}", {})
    if repr(asked) not in seen:
        seen[repr(asked)] = register_intake.preview(
            file.name, file.data, asked.told, by=me, sheet=asked.sheet, columns=asked.columns
        )
    return seen[repr(asked)]


def _how(file: Brought, told: AsWhat, me: SignedIn) -> How:
    """Ask which sheet is meant, what its columns hold, and whom names in it mean."""
    asked = How(told)
    found = _seen(file, asked, me)
    if len(found.sheets) > 1:
        place = found.sheets.index(found.sheet)
        sheet = st.selectbox("Sheet", found.sheets, index=place, key=f"sheet-{file.key}")
        asked = replace(asked, sheet=sheet)
        found = _seen(file, asked, me)
    columns = _columns(found.columns, f"{file.key}-{found.sheet}")
    asked = replace(asked, columns=columns or None)
    if isinstance(told, AsRegister):
        unknown = _seen(file, asked, me).unknown_bodies
        declared = _bodies(unknown[:ASKED_ABOUT], file.key, me)
        asked = replace(asked, told=replace(told, bodies=declared))
    return asked


def _bodies(unknown: Sequence[UnknownBody], key: str, me: SignedIn) -> dict[str, str]:
    """Ask which body of ours is meant by each name that is none, the most frequent first."""
    if not unknown:
        return {}
    ours = {"": NOT_HERE} | reference.organisations(by=me)
    with st.expander("Names that are no body of ours"):
        said = {each.name: _body(each, ours, key) for each in unknown}
    return {name: code for name, code in said.items() if code}


def _body(unknown: UnknownBody, ours: Mapping[str, str], key: str) -> str:
    near = f"; nearest: {', '.join(unknown.nearest)}" if unknown.nearest else ""
    chosen: str = st.selectbox(
        plain(f"{unknown.name} (rows: {unknown.rows}{near})"),
        list(ours),
        format_func=ours.__getitem__,
        key=f"body-{key}-{unknown.name}",
    )
    return chosen


def _columns(found: tuple[Matched, ...], key: str) -> dict[str, str]:
    """Ask what each column holds where that is to be mended; return what a person changed."""
    titles: dict[str, str] = {"": NOT_USED} | {each.field: each.title for each in HEADINGS}
    changed: dict[str, str] = {}
    matched = sum(column.field is not None for column in found)
    few = matched < ENOUGH
    with st.expander(f"Columns: {matched} of {len(found)} matched", expanded=few):
        beside = st.columns(2)
        for number, column in enumerate(found):
            held = column.field or ""
            said = beside[number % 2].selectbox(
                plain(column.heading or f"Column {column.place + 1}"),
                list(titles),
                index=list(titles).index(held),
                format_func=titles.__getitem__,
                key=f"column-{key}-{column.place}",
            )
            if said != held:
                changed[column.heading] = said
    return _without_doubles(found, changed)


def _without_doubles(found: tuple[Matched, ...], changed: dict[str, str]) -> dict[str, str]:
    """Return what was changed, with a column that lost its field to another said to hold none."""
    wanted = set(changed.values()) - {""}
    lost = {c.heading: "" for c in found if str(c.field) in wanted and c.heading not in changed}
    return lost | changed


def _headline(report: RegisterReport) -> str:
    counts = ", ".join(
        f"{number} {became}" for became in Became if (number := report.total(became))
    )
    if report.taken:
        return f"Taken in: {counts}."
    if report.held_back:
        return f"Nothing was kept, because rows are refused: {counts}."
    rows = len(report.rows)
    return f"{rows:,} row{'' if rows == 1 else 's'}: {counts}." if rows else "The table has no row."


def _statuses(report: RegisterReport) -> None:
    said = [each for each in report.statuses if each.said]
    if not said:
        return
    rows = [[each.said, str(each.rows), _means(each)] for each in said]
    show(
        more(
            "What its statuses mean here",
            table("Statuses of the file", ["It says", "Rows", "Here"], rows),
        )
    )


def _means(each: StatusCount) -> str:
    if each.meaning is None or not each.mapped:
        return f"Cannot be mapped; kept as it stands. {each.meaning.note if each.meaning else ''}"
    return f"{'; '.join(each.meaning.words)}. {each.meaning.note}".strip()


def _rows(report: RegisterReport) -> None:
    names = [f"{each.name} (rows: {each.rows})" for each in report.unknown_bodies]
    show(
        more("What has no place here", items(*_first(report.notes))),
        more("Names without a body of ours", items(*_first(names))),
    )
    _table("Refused", report.refused)
    _table("New", tuple(row for row in report.rows if row.became is Became.NEW))


def _first(lines: Sequence[str]) -> list[str]:
    rest = len(lines) - SHOWN
    return [*lines[:SHOWN], *([f"And {rest} more."] if rest > 0 else [])]


def _table(title: str, rows: tuple[RowReport, ...]) -> None:
    if not rows:
        return
    lines = [[str(row.line), row.label, row.code or "", _said(row)] for row in rows[:SHOWN]]
    headings = ["Row", "It says", "Recommendation", "What is to be known"]
    rest = len(rows) - len(lines)
    show(
        more(
            f"{title} ({len(rows)})",
            table(f"{title} rows", headings, lines),
            tag("p", f"And {rest} more.", css="small") if rest else None,
        )
    )


def _said(row: RowReport) -> str:
    cell = [f"Cell {row.cell}:"] if row.cell else []
    return " ".join([*cell, *([row.why] if row.why else []), *row.left])
