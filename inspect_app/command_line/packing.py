"""Files that go out and come back: packs, agencies' lists, returns; and national publications."""

import argparse
import sys
from contextlib import suppress
from itertools import count
from pathlib import Path
from typing import Any

from data_model.database import Database
from inspect_app.command_line.verbs import DONE, REFUSED, opened, verb
from inspect_app.errors import Refusal
from inspect_app.services import (
    intake,
    intake_words,
    national_intake,
    national_words,
    people,
    reference_intake,
    reference_words,
    return_words,
    returns,
    sampling,
)
from inspect_app.services.intake_values import Report, Side
from inspect_app.signed_in import SignedIn
from inspect_app.workbooks import agency_lists
from inspect_app.workbooks.national import is_national
from inspect_app.workbooks.national.lookups import is_lookup
from inspect_app.workbooks.returns import is_return


def add_pack(verbs: Any) -> None:
    says = "write a workbook to fill in: an inspection's cases, or a quarterly return"
    parser = verb(verbs, "pack", _pack, says)
    parser.add_argument("inspection", metavar="INSPECTION", nargs="?", help="its code")
    parser.add_argument("file", metavar="FILE.xlsx", type=Path, help="a new file")
    parser.add_argument(
        "--returns", metavar=("AREA", "QUARTER"), nargs=2, help="the return of a body instead"
    )
    parser.add_argument(
        "--as", metavar="PERSON", dest="person",
        help="whose drafts, else the lead's; for a return, whose body's",
    )  # fmt: skip


def add_take(verbs: Any) -> None:
    says = "take in a packed workbook, a return, an agency's list of cases, national statistics"
    parser = verb(verbs, "take", _take, says)
    parser.add_argument(
        "files", metavar="FILE", nargs="+", type=Path, help="a packed workbook, or a list"
    )
    parser.add_argument(
        "--as", metavar="PERSON", dest="person",
        help="else whom a workbook was packed for, or the lead for a list",
    )  # fmt: skip
    parser.add_argument(
        "--inspection", metavar="CODE", help="the inspection that an agency's list is for"
    )
    parser.add_argument(
        "--release", metavar="NAME", help="which release national statistics are, and of when"
    )
    parser.add_argument(
        "--all-or-nothing", action="store_true", help="keep nothing of a file with a refused row"
    )
    parser.add_argument(
        "--prefer",
        choices=[str(side) for side in Side],
        default=Side.HERE,
        help="whose text stands where both sides were changed (here)",
    )
    parser.add_argument("--dry-run", action="store_true", help="look, and keep nothing")


def _pack(asked: argparse.Namespace) -> int:
    """Write a pack; a file that is there may hold somebody's work, so it is never overwritten."""
    if asked.file.exists() or asked.file.suffix.lower() != ".xlsx":
        raise Refusal(
            f"{asked.file} is there already." if asked.file.exists()
            else f"{asked.file} does not end in .xlsx.",
            "Give the name of a new file, such as pack.xlsx.",
        )  # fmt: skip
    with opened(asked) as database:
        return _pack_return(asked, database) if asked.returns else _pack_cases(asked, database)


def _pack_cases(asked: argparse.Namespace, database: Database) -> int:
    if not asked.inspection:
        raise Refusal("It is not said what to pack.", "Give an inspection, or --returns.")
    person = asked.person or people.lead_of(asked.inspection, database)
    data = intake.pack(asked.inspection, by=people.acting(person, database).through(asked.via))
    asked.file.write_bytes(data)
    print(f"Packed {asked.inspection} for {person} in {asked.file}.")
    return DONE


def _pack_return(asked: argparse.Namespace, database: Database) -> int:
    area, quarter = asked.returns
    by = _sender(asked, database)
    body = by.standing.organisation
    asked.file.write_bytes(returns.pack(area, quarter, body, by=by))
    print(f"Packed the return of {body} for {area}, {quarter}, in {asked.file}.")
    return DONE


def _sender(asked: argparse.Namespace, database: Database) -> SignedIn:
    if not asked.person:
        raise Refusal("It is not said whose return it is.", "Add --as and a director's code.")
    return people.acting(asked.person, database).through(asked.via)


def _returned(asked: argparse.Namespace, file: Path, data: bytes, database: Database) -> bool:
    """Take a return in, whole or not at all, and print what was found in it."""
    if asked.dry_run:
        raise Refusal(f"{file} is a return, which has no preview.", "Leave --dry-run away.")
    by = _sender(asked, database)
    came = returns.send(file.name, data, by=by)
    print("\n".join(return_words.lines(file.name, came, by=by)))
    return came.held is not None


def _take(asked: argparse.Namespace) -> int:
    """Take files in, each by itself: one that cannot be read does not hold the others back."""
    with opened(asked) as database:
        done = [_taken(asked, file, database) for file in asked.files]
    return DONE if all(done) else REFUSED


def _taken(asked: argparse.Namespace, file: Path, database: Database) -> bool:
    try:
        data = intake.read(file)
        if is_return(file.name, data):
            return _returned(asked, file, data, database)
        if is_national(file.name, data):
            return _national(asked, file, data, database)
        if is_lookup(file.name, data):
            return _lookup(asked, file, data, database)
        if _is_list(file):
            return _listed(asked, file, database)
        report = _report(asked, file, database)
    except Refusal as refusal:
        print(f"{refusal.summary}\n{refusal.advice}", file=sys.stderr)
        return False
    print("\n".join(intake_words.lines(report, only_looked=asked.dry_run)))
    if report.problems_file is not None:
        back = _free(file, report.problems_file())
        print(f"  The refused rows are in {back}, in their places, with the reasons.")
    return not report.problems and not report.conflicts


def _free(file: Path, data: bytes) -> Path:
    """Write a workbook of problems beside its file; one that is there is never written over."""
    for number in count(1):
        back = file.with_name(f"{file.stem}.problems{f'-{number}' if number > 1 else ''}.xlsx")
        with suppress(FileExistsError), back.open("xb") as out:
            out.write(data)
            return back
    raise AssertionError  # numbers do not end


def _is_list(file: Path) -> bool:
    """Whether a file is an agency's list; a pack has columns of one too, and is none."""
    is_pack = intake.is_pack(file.name, intake.read(file))
    return not is_pack and agency_lists.kind_of(file) is not None


def _listed(asked: argparse.Namespace, file: Path, database: Database) -> bool:
    """Take an agency's list in as the list that an inspection's sample is drawn from."""
    if not asked.inspection:
        raise Refusal(
            f"{file} is an agency's list, and it is not said which inspection it is for.",
            f"Run: inspect-app take {file} --inspection CODE",
        )
    if asked.dry_run:
        raise Refusal(
            f"{file} is an agency's list, which has no preview here.",
            "Look at it on the page Sample, or leave --dry-run away.",
        )
    person = asked.person or people.lead_of(asked.inspection, database)
    by = people.acting(person, database).through(asked.via)
    report = sampling.list_from_file(asked.inspection, file, by=by)
    print("\n".join(report.lines))
    return not report.refused


def _national(asked: argparse.Namespace, file: Path, data: bytes, database: Database) -> bool:
    """Take national statistics in, for whoever runs this where nobody is named."""
    by = _enters(asked, file, database, "Children in need 2025, published 30 October 2025")
    if asked.dry_run:
        report = national_intake.preview(file.name, data, by=by, release=asked.release)
    else:
        report = national_intake.take(
            file.name, data, by=by, release=asked.release, all_or_nothing=asked.all_or_nothing
        )
    print("\n".join(national_words.lines(report, only_looked=asked.dry_run)))
    return not report.problems


def _lookup(asked: argparse.Namespace, file: Path, data: bytes, database: Database) -> bool:
    """Take a look-up table in, whole or not at all."""
    by = _enters(asked, file, database, "Statistical neighbours 2025, published 17 July 2025")
    do = reference_intake.preview if asked.dry_run else reference_intake.take
    report = do(file.name, data, by=by, release=asked.release)
    print("\n".join(reference_words.lines(report, only_looked=asked.dry_run)))
    return not report.problems


def _enters(asked: argparse.Namespace, file: Path, database: Database, such_as: str) -> SignedIn:
    """Return who enters a publication: whoever is named, or who runs this."""
    if not asked.release:
        raise Refusal(
            f"{file} is a national publication, and it is not said which release of it.",
            f'Run: inspect-app take {file} --release "{such_as}"',
        )
    return (
        people.acting(asked.person, database).through(asked.via)
        if asked.person
        else people.operator(database).through(asked.via)
    )


def _report(asked: argparse.Namespace, file: Path, database: Database) -> Report:
    data = intake.read(file)
    person = asked.person or intake.packed_for(file.name, data, database)
    by, prefer = people.acting(person, database).through(asked.via), Side(asked.prefer)
    if asked.dry_run:
        return intake.preview(file.name, data, by=by, prefer=prefer)
    whole = asked.all_or_nothing
    return intake.take(file.name, data, by=by, prefer=prefer, all_or_nothing=whole)
