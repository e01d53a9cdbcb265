"""The command `inspect-app`: open the app, load samples, print scorecards, send digests."""

import argparse
import os
import subprocess
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager, closing, nullcontext, suppress
from importlib.resources import files
from itertools import count
from pathlib import Path
from typing import Any

from data_model.database import Database, create_database, open_database
from inspect_app.errors import Refusal
from inspect_app.publishing.digest_mail import NOBODY
from inspect_app.publishing.verification import verify
from inspect_app.services import (
    digest_round,
    intake,
    intake_words,
    people,
    release,
    samples,
    sampling,
    scorecard_text,
    scorecards,
)
from inspect_app.services.digest_post import (
    PASSWORD_SETTING,
    Folder,
    Post,
    Security,
    Server,
    connected,
)
from inspect_app.services.digest_round import Came, Outcome, Sending
from inspect_app.services.intake_values import Report, Side
from inspect_app.services.release import Scope
from inspect_app.workbooks import agency_lists

DATABASE_SETTING = "INSPECT_APP_DATABASE"
DEFAULT_FILE = Path("var") / "inspection-evidence.db"
DEFAULT_DATABASE = f"sqlite:///{DEFAULT_FILE.as_posix()}"
DONE, REFUSED = 0, 1
NEEDED = {
    "file": {"--folder": "folder"},
    "smtp": {"--host": "host", "--from": "sender"},
}
"""The options that each way for a digest to leave cannot do without."""

Run = Callable[[argparse.Namespace], int]

DESCRIPTION = """\
Record case-level inspection findings, read scorecards of small numbers honestly, follow
recommendations to evidence, and publish an evidence base that anyone can check.
Without a command, the app is opened."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run a command and return its exit code: 0 done, 1 refused (2, from argparse: wrong usage)."""
    asked = _parser().parse_args(arguments)
    run: Run = asked.run
    try:
        done = run(asked)
        sys.stdout.flush()
    except Refusal as refusal:
        print(f"{refusal.summary}\n{refusal.advice}", file=sys.stderr)
        return REFUSED
    except BrokenPipeError:
        # Whoever read the output, such as `head`, has had enough of it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    return done


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="inspect-app",
        description=DESCRIPTION,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.set_defaults(run=_serve, port=8501)
    _add_database(parser, os.environ.get(DATABASE_SETTING))
    verbs = parser.add_subparsers(title="commands", metavar="COMMAND")
    serve = _verb(
        verbs, "serve", _serve, "open the app in the browser's reach, on this machine only"
    )
    serve.add_argument("--port", type=int, default=8501, help="port on 127.0.0.1 (8501)")
    _verb(verbs, "samples", _samples, "set the database up and load the samples, once")
    _add_scorecard(verbs)
    _add_release(verbs)
    _add_pack(verbs)
    _add_take(verbs)
    _add_digest(verbs)
    check = _verb(verbs, "verify", _verify, "check a release's hashes, without the database")
    check.add_argument("folder", metavar="DIR", type=Path, help="the folder of a release")
    return parser


def _verb(verbs: Any, name: str, run: Run, says: str) -> argparse.ArgumentParser:
    parser: argparse.ArgumentParser = verbs.add_parser(
        name, help=says, description=says[0].upper() + says[1:] + "."
    )
    parser.set_defaults(run=run)
    _add_database(parser, argparse.SUPPRESS)
    return parser


def _add_database(parser: argparse.ArgumentParser, default: str | None) -> None:
    parser.add_argument(
        "--database",
        metavar="URL",
        default=default,
        help=f"sqlite:///FILE or postgresql://USER@HOST/NAME; else {DATABASE_SETTING}, "
        f"else {DEFAULT_DATABASE} here",
    )


def _add_scorecard(verbs: Any) -> None:
    parser = _verb(verbs, "scorecard", _scorecard, "print an area's scorecard")
    parser.add_argument("area", metavar="AREA", help="an ONS code or a name")
    parser.add_argument("--quarter", metavar="2020-Q1", help="a quarter of a calendar year")
    parser.add_argument("--format", choices=("table", "csv", "json"), default="table")


def _add_release(verbs: Any) -> None:
    parser = _verb(verbs, "release", _release, "write a release: a site, its data and their hashes")
    what = parser.add_mutually_exclusive_group(required=True)
    what.add_argument(
        "--inspection", metavar="CODE", nargs="+", action="extend", help="these inspections"
    )
    what.add_argument("--area", metavar="CODE", help="everything about one area")
    what.add_argument("--all", action="store_true", help="everything that may be published")
    parser.add_argument(
        "--out", metavar="DIR", type=Path, required=True, help="a new or empty folder"
    )


def _add_pack(verbs: Any) -> None:
    says = "write a workbook to record an inspection's cases in without a network"
    parser = _verb(verbs, "pack", _pack, says)
    parser.add_argument("inspection", metavar="INSPECTION", help="an inspection's code")
    parser.add_argument("file", metavar="FILE.xlsx", type=Path, help="a new file")
    parser.add_argument(
        "--as", metavar="PERSON", dest="person", help="whose drafts; else the lead's"
    )


def _add_take(verbs: Any) -> None:
    says = "take in workbooks that were packed here, or an agency's list to sample from"
    parser = _verb(verbs, "take", _take, says)
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
        "--all-or-nothing", action="store_true", help="keep nothing of a file with a refused row"
    )
    parser.add_argument(
        "--prefer",
        choices=[str(side) for side in Side],
        default=Side.HERE,
        help="whose text stands where both sides were changed (here)",
    )
    parser.add_argument("--dry-run", action="store_true", help="look, and keep nothing")


def _add_digest(verbs: Any) -> None:
    says = "send each person what waits for them this week, as a mail or as a file"
    parser = _verb(verbs, "digest", _digest, says)
    parser.add_argument("--to", choices=tuple(NEEDED), required=True)
    parser.add_argument("--folder", metavar="DIR", type=Path, help="one .eml each, with --to file")
    parser.add_argument("--host", help="the mail server, with --to smtp")
    parser.add_argument(
        "--port", type=int, help="its port (25; 587 with --starttls, 465 with --tls)"
    )
    kept = parser.add_mutually_exclusive_group()
    for security in (Security.STARTTLS, Security.TLS):
        kept.add_argument(
            f"--{security}", dest="security", action="store_const", const=security,
            default=Security.NONE, help="encrypt, and check the server's certificate",
        )  # fmt: skip
    parser.add_argument("--user", help=f"sign in, with the password in {PASSWORD_SETTING}")
    parser.add_argument("--from", metavar="ADDRESS", dest="sender", help="who the mails are from")
    parser.add_argument("--address", metavar="URL", help="where the app is, for links to work")
    parser.add_argument("--only", metavar="PERSON", help="this person's and nobody else's")
    parser.add_argument("--again", action="store_true", help="also to who had one today")


def _opened(asked: argparse.Namespace) -> Database:
    return open_database(asked.database or DEFAULT_DATABASE)


def _serve(asked: argparse.Namespace) -> int:
    """Open the app; the default database is set up with the samples where there is none."""
    if asked.database is None and not DEFAULT_FILE.exists():
        _samples(asked)
    _opened(asked).close()
    options = ["--server.address=127.0.0.1", f"--server.port={asked.port}"]
    script = str(files("inspect_app") / "main.py")
    environment = {**os.environ, DATABASE_SETTING: asked.database or DEFAULT_DATABASE}
    command = [sys.executable, "-m", "streamlit", "run", script, *options]
    print(f"Inspection Evidence is at http://127.0.0.1:{asked.port} (Ctrl+C ends it)", flush=True)
    try:
        return subprocess.run(command, env=environment, check=False).returncode  # noqa: S603
    except KeyboardInterrupt:
        return DONE


def _samples(asked: argparse.Namespace) -> int:
    if asked.database is None:
        DEFAULT_FILE.parent.mkdir(exist_ok=True)
    database = create_database(asked.database or DEFAULT_DATABASE)
    loaded = samples.load(database)
    held = (
        f"{loaded.inspections} inspections, {loaded.cases} invented cases, {loaded.figures} figures"
    )
    print(f"Loaded: {held}." if loaded.changed else f"There already, nothing changed: {held}.")
    database.close()
    return DONE


def _scorecard(asked: argparse.Namespace) -> int:
    by = people.operator(_opened(asked))
    card = scorecards.scorecard(asked.area, asked.quarter, by=by)
    print(scorecard_text.FORMATS[asked.format](card))
    return DONE


def _release(asked: argparse.Namespace) -> int:
    by = people.operator(_opened(asked))
    scope = Scope(tuple(asked.inspection or ()), asked.area)
    made = release.make(scope, asked.out, by=by)
    print(
        f"Release {made.number} of {made.made_on}: {made.inspections} inspections, "
        f"{made.areas} areas, in {asked.out}"
        + ("" if made.new else " (the content has not changed since it was made)")
    )
    return DONE


def _pack(asked: argparse.Namespace) -> int:
    """Write a pack; a file that is there may hold somebody's work, so it is never overwritten."""
    if asked.file.exists() or asked.file.suffix.lower() != ".xlsx":
        raise Refusal(
            f"{asked.file} is there already." if asked.file.exists()
            else f"{asked.file} does not end in .xlsx.",
            "Give the name of a new file, such as pack.xlsx.",
        )  # fmt: skip
    database = _opened(asked)
    person = asked.person or people.lead_of(asked.inspection, database)
    data = intake.pack(asked.inspection, by=people.acting(person, database))
    asked.file.write_bytes(data)
    print(f"Packed {asked.inspection} for {person} in {asked.file}.")
    return DONE


def _take(asked: argparse.Namespace) -> int:
    """Take files in, each by itself: one that cannot be read does not hold the others back."""
    database = _opened(asked)
    done = [_taken(asked, file, database) for file in asked.files]
    return DONE if all(done) else REFUSED


def _taken(asked: argparse.Namespace, file: Path, database: Database) -> bool:
    try:
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
    by = people.acting(person, database)
    report = sampling.list_from_file(asked.inspection, file, by=by)
    print("\n".join(report.lines))
    return not report.refused


def _report(asked: argparse.Namespace, file: Path, database: Database) -> Report:
    data = intake.read(file)
    person = asked.person or intake.packed_for(file.name, data, database)
    by, prefer = people.acting(person, database), Side(asked.prefer)
    if asked.dry_run:
        return intake.preview(file.name, data, by=by, prefer=prefer)
    whole = asked.all_or_nothing
    return intake.take(file.name, data, by=by, prefer=prefer, all_or_nothing=whole)


def _digest(asked: argparse.Namespace) -> int:
    """Send each person's week; one that could not be sent is named, and the exit code is 1."""
    how = Sending(asked.sender or NOBODY, asked.address, asked.only, asked.again)
    with closing(_opened(asked)) as database, _post(asked) as post:
        done = digest_round.send(post, how, by=people.operator(database))
    where = f"in {asked.folder}" if asked.to == "file" else f"through {asked.host}"
    print(f"Digests sent {where}: {len(done.of(Came.SENT))}.")
    print(f"Left out, because nothing waits for them: {len(done.of(Came.NOTHING))}.")
    _say_who("Had theirs today already", done.of(Came.HAD_ONE))
    _say_who("Without an address that mail can be sent to", done.of(Came.NO_ADDRESS))
    for each in done.of(Came.NOT_SENT):
        print(f"Not sent to {each.name} ({each.person}): {each.why}", file=sys.stderr)
    return REFUSED if done.of(Came.NOT_SENT) else DONE


def _say_who(what: str, those: Sequence[Outcome]) -> None:
    if those:
        print(f"{what}: {', '.join(f'{each.name} ({each.person})' for each in those)}.")


def _post(asked: argparse.Namespace) -> AbstractContextManager[Post]:
    """Return the way digests are to leave; raises Refusal where what it needs is not given."""
    for option, given in NEEDED[asked.to].items():
        if not getattr(asked, given):
            raise Refusal(
                f"For --to {asked.to}, {option} is needed.", "Run: inspect-app digest --help"
            )
    if asked.to == "file":
        return nullcontext(Folder(asked.folder))
    port = asked.security.port if asked.port is None else asked.port
    password = os.environ.get(PASSWORD_SETTING)
    return connected(Server(asked.host, port, asked.security, asked.user, password))


def _verify(asked: argparse.Namespace) -> int:
    checked = verify(asked.folder)
    which = f"Release {checked.manifest.release} of {checked.manifest.made_on}"
    print(f"{which}: all {checked.files} files are as they were released.")
    return DONE
