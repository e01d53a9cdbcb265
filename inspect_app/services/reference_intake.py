"""Look-up tables of places in: shown first, then taken whole in one transaction, or not at all.

A year's model of statistical neighbours is kept beside the earlier ones. Where a later release
says otherwise of the same model, or of where a place lies, the audit trail keeps what stood.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy.orm import Session

from data_model import counted
from data_model.records import Area, District
from inspect_app.access import Permission
from inspect_app.services import trail, upload_limits
from inspect_app.services.national_values import check_release
from inspect_app.services.reference_neighbours import NeighbourRows
from inspect_app.services.reference_places import CountyRows, ForceNames, ForceRows, RegionRows
from inspect_app.services.reference_rows import Rows
from inspect_app.services.reference_values import Became, LookupReport, edition
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks.national.lookups import LookupFile, Says, read_lookup

TAKEN = "reference.taken"
READERS: Mapping[Says, type[Rows]] = {
    Says.NEIGHBOURS: NeighbourRows,
    Says.FORCE: ForceRows,
    Says.COUNTY: CountyRows,
    Says.REGION: RegionRows,
    Says.FORCE_NAME: ForceNames,
}


def preview(name: str, data: bytes, *, by: SignedIn, release: str) -> LookupReport:
    """Return what taking a look-up table in would do, row by row; nothing is kept.

    `release` names it and says when it was published. Raises Refusal for a release that does
    not, and for a file that is no declared table or has other columns; NotAllowed for whoever
    enters none.
    """
    file = _read(name, data, by, release)
    with by.reading() as session:
        return _report(_rows(session, file, release), file, name, data, release)


def take(name: str, data: bytes, *, by: SignedIn, release: str) -> LookupReport:
    """Take a look-up table in, in one transaction with one event, and return what became of it.

    With a single unknown place nothing is kept. Taking the same file again changes nothing, and
    an older release of a model changes nothing that a newer one said. Raises as `preview` does.
    """
    file = _read(name, data, by, release)
    by = by.with_file(data)
    with by.recording() as session:
        rows = _rows(session, file, release)
        report = _report(rows, file, name, data, release)
        if report.problems or not report.brings:
            return report
        before, after = rows.keep()
        event = trail.note(
            session, by, TAKEN, f"{report.about}, release {release}",
            before=before, after={**after, "file_hash": report.file_hash},
        )  # fmt: skip
        for area in _areas(session, report):
            counted.move(session, area, event)
    return replace(report, taken=True)


def _read(name: str, data: bytes, by: SignedIn, release: str) -> LookupFile:
    by.need(Permission.ENTER_PUBLISHED)
    check_release(release)
    upload_limits.count(data, by=by)
    return read_lookup(name, data)


def _rows(session: Session, file: LookupFile, release: str) -> Rows:
    rows = READERS[file.lookup.says](session, file, release)
    rows.look()
    return rows


def _report(rows: Rows, file: LookupFile, name: str, data: bytes, release: str) -> LookupReport:
    model = f" {edition(release)}" if file.lookup.says is Says.NEIGHBOURS else ""
    return LookupReport(
        file=name,
        file_hash=hashlib.sha256(data).hexdigest(),
        title=file.lookup.title,
        about=f"{file.lookup.says.value}{model}",
        release=release,
        read=file.read,
        left_out=file.left_out,
        lines=tuple(rows.lines),
        problems=(*file.problems, *rows.problems),
    )


def _areas(session: Session, report: LookupReport) -> list[str]:
    """Return the areas whose look-ups change; a district's is its county."""
    changed = {line.area for line in report.lines if line.became in {Became.NEW, Became.CHANGED}}
    districts = {code: session.get(District, code) for code in changed}
    counties = {held.authority_code if held else code for code, held in districts.items()}
    return sorted(code for code in counties if session.get(Area, code) is not None)
