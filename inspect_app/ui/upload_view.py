"""A workbook on its way out and back: offered, looked at row by row, chosen from, taken in."""

from collections.abc import Mapping
from functools import partial

import streamlit as st
from streamlit.runtime.uploaded_file_manager import UploadedFile

from inspect_app.services import intake
from inspect_app.services.intake_values import Became, Change, Report, Words
from inspect_app.services.intake_words import (
    NOTHING,
    TITLES,
    counted,
    headline,
    pointed_out,
    where,
)
from inspect_app.signed_in import SignedIn
from inspect_app.ui.markup import Markup, items, more, plain, show, table, tag
from inspect_app.workbooks.limits import LARGEST_FILE, MEGABYTE, check_size
from inspect_app.workbooks.problem import shortened

WORKBOOK = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SHOWN = 100
EACH, ALL_HERE, ALL_FILE = "Choose one by one", "Keep what is here", "Take what is in the file"
HERE, FILE = "As it is here", "As in the file"
MANY = 40
LONG = 200


def offer_pack(being_read: Mapping[str, str], me: SignedIn) -> None:
    """Offer the pack of an inspection that the person reads in."""
    if not being_read:
        st.info("None of your inspections is being read now. Its lead inspector starts one.")
        return
    code = st.selectbox(
        "Inspection", list(being_read), format_func=being_read.__getitem__, key="pack-of"
    )
    st.download_button(
        "Make and download the workbook",
        data=partial(intake.pack, code, by=me),
        file_name=f"{code}.xlsx",
        mime=WORKBOOK,
        key=f"pack-{code}",
        on_click="ignore",
        icon=":material/download:",
    )
    st.caption("It holds your own drafts in this inspection as they stand now, and nobody else's.")


def files() -> list[UploadedFile]:
    """Return the workbooks that were brought back."""
    return list(
        st.file_uploader(
            "Workbooks that were packed here (.xlsx)",
            accept_multiple_files=True,
            key="packs",
            max_upload_size=LARGEST_FILE // MEGABYTE,
        )
    )


def look_and_take(file: UploadedFile, me: SignedIn) -> None:
    """Show what a file would change, ask where both sides were changed, and take it in."""
    st.markdown(f"### {plain(file.name)}")
    check_size(file.name, file.size)
    data = file.getvalue()
    kept = f"taken-{file.file_id}"
    taken: Report | None = st.session_state.get(kept)
    if taken is not None:
        _result(taken)
        return
    report = intake.preview(file.name, data, by=me)
    show_report(report)
    picked = _picked(report, file.file_id)
    if not (report.brings or picked):
        _problems_download(report, file.file_id)
        return
    whole = bool(report.problems) and st.checkbox(
        "Take all or nothing: keep nothing of this file while rows of it are refused",
        key=f"whole-{file.file_id}",
    )
    if st.button("Take it in", type="primary", key=f"take-{file.file_id}"):
        st.session_state[kept] = intake.take(
            file.name, data, by=me, picked=picked, all_or_nothing=whole
        )
        st.rerun()
    _problems_download(report, file.file_id)


def _result(report: Report) -> None:
    """The receipt of an intake."""
    said = headline(report)
    (st.success if report.number else st.warning)(said)
    _counts(report)
    if report.number:
        show(
            tag("p", "SHA-256 of the file: ", tag("code", report.file_hash), css="small"),
            more("New cases", items(*report.new_cases[:SHOWN])),
            _changes("Fields that were changed", report.changes),
        )
    if report.conflicts:
        show(_changes("Left as they are here, because both sides were changed", report.conflicts))
    _refused(report)
    _problems_download(report, f"result-{report.file_hash}")


def show_report(report: Report) -> None:
    """Show what would become of a file: counts, changes, what stays, what is refused."""
    said = headline(report)
    (st.info if report.brings else st.success)(said)
    packed = f"{report.packed_at:%Y-%m-%d at %H:%M}"
    packed_for = f"packed for {report.packed_for} on {packed} UTC"
    st.caption(plain(f"Inspection {report.inspection}, {packed_for}."))
    for note in report.notes:
        st.caption(plain(note))
    _counts(report)
    show(
        more(f"New cases ({len(report.new_cases)})", items(*report.new_cases[:SHOWN])),
        _changes("Fields that will change", report.changes),
        more(
            f"Changed here only, and staying ({len(report.stays)})",
            _changes("What stays", report.stays),
        )
        if report.stays
        else None,
        _pointed_out(report.words),
    )
    _refused(report)


def _counts(report: Report) -> None:
    headings = ("Sheet", "Rows read", *TITLES.values())
    rows = [
        (count.sheet, count.read, *(count.rows.get(became, 0) for became in TITLES))
        for count in report.sheets
    ]
    total = sum(count.read for count in report.sheets)
    rows.append(("All", total, *(report.total(became) for became in TITLES)))
    show(table("What becomes of every row", headings, rows))


def _changes(caption: str, changes: tuple[Change, ...]) -> Markup | None:
    if not changes:
        return None
    shown = [(where(each), _text(each.here), _text(each.file)) for each in changes[:SHOWN]]
    left = len(changes) - len(shown)
    said = f"{caption} ({len(changes)}{f', the first {SHOWN} shown' if left else ''})"
    return table(said, ("Field", "Here", "In the file"), shown)


def _pointed_out(words: Words) -> Markup | None:
    if not (words.count or words.left):
        return None
    shown = words.listed[:SHOWN]
    rows = [
        (f"{each.reference}, {each.field}", each.said, each.why, each.instead) for each in shown
    ]
    left = f" The first {len(shown)} are shown." if words.count > len(shown) else ""
    headings = ("Where", "It says", "Why it is pointed out", "What to write instead")
    return table(pointed_out(words) + left, headings, rows)


def _text(said: str) -> Markup:
    return tag("span", shortened(said, LONG) or NOTHING, css="asis" if said else "small")


def _refused(report: Report) -> None:
    if not report.problems:
        return
    refused = report.total(Became.REFUSED)
    rows = [
        (
            f"{each.sheet} {each.cell}",
            each.column,
            shortened(each.said) or NOTHING,
            each.expected,
            each.mend,
        )
        for each in report.problems[:SHOWN]
    ]
    left = len(report.problems) - len(rows)
    st.warning(f"{counted(refused, 'row')} cannot be taken in. All the others can.")
    show(
        table(
            f"What to mend{f', the first {SHOWN} of {len(report.problems)}' if left else ''}",
            ("Where", "Column", "It says", "Expected", "How to mend it"),
            rows,
        )
    )


def _problems_download(report: Report, key: str) -> None:
    if report.problems_file is not None:
        st.download_button(
            "Download the workbook of problems",
            data=report.problems_file,
            file_name=f"{report.file.removesuffix('.xlsx')}.problems.xlsx",
            mime=WORKBOOK,
            key=f"problems-{key}",
            on_click="ignore",
            icon=":material/download:",
        )


def _picked(report: Report, key: str) -> dict[str, str]:
    """Ask whose text stands where both sides were changed; return what is taken from the file."""
    if not report.conflicts:
        return {}
    st.markdown("#### Changed on both sides")
    st.caption("Somebody changed these here after the workbook was packed. Choose what stands.")
    many = len(report.conflicts) > MANY
    ways = [ALL_HERE, ALL_FILE] if many else [EACH, ALL_HERE, ALL_FILE]
    way = st.radio("For all of them", ways, key=f"all-{key}", horizontal=True)
    if way == ALL_HERE:
        chosen: tuple[Change, ...] = ()
    elif way == ALL_FILE:
        chosen = report.conflicts
    else:
        chosen = tuple(each for each in report.conflicts if _chosen(each, key) == FILE)
    return {each.id: each.seen for each in chosen}


def _chosen(change: Change, key: str) -> str | None:
    with st.container(border=True):
        here, file = _text(change.here), _text(change.file)
        show(table(where(change), ("Side", "What it says"), ((HERE, here), (FILE, file))))
        return st.radio(
            f"Which stands: {plain(where(change))}?",
            (HERE, FILE),
            key=f"pick-{key}-{change.id}",
            horizontal=True,
        )
