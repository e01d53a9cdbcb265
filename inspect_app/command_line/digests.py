"""Each person's week, written to files or sent by mail."""

import argparse
import sys
from collections.abc import Sequence
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import Any

from inspect_app import settings
from inspect_app.command_line.verbs import DONE, REFUSED, opened, verb
from inspect_app.errors import Refusal
from inspect_app.publishing.digest_mail import NOBODY
from inspect_app.services import digest_round, people
from inspect_app.services.digest_post import (
    PASSWORD_SETTING,
    Folder,
    Post,
    Security,
    Server,
    connected,
)
from inspect_app.services.digest_round import Came, Outcome, Sending

NEEDED = {
    "file": {"--folder": "folder"},
    "smtp": {"--host": "host", "--from": "sender"},
}
"""The options that each way for a digest to leave cannot do without."""


def add_digest(verbs: Any) -> None:
    says = "send each person what waits for them this week, as a mail or as a file"
    parser = verb(verbs, "digest", _digest, says)
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


def _digest(asked: argparse.Namespace) -> int:
    """Send each person's week; one that could not be sent is named, and the exit code is 1."""
    how = Sending(asked.sender or NOBODY, asked.address, asked.only, asked.again)
    with opened(asked) as database, _post(asked) as post:
        done = digest_round.send(post, how, by=people.operator(database).through(asked.via))
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
    password = settings.SMTP_PASSWORD.read()
    return connected(Server(asked.host, port, asked.security, asked.user, password))
