"""How a digest leaves: as a file in a folder, or over SMTP to a mail server."""

import re
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from enum import StrEnum
from pathlib import Path
from typing import Protocol

from inspect_app import settings
from inspect_app.errors import Refusal
from inspect_app.publishing.digest_mail import Letter, one_line

WAIT_SECONDS = 30
FILE_NAME = re.compile(r"[0-9A-Za-z][0-9A-Za-z._-]*")
PASSWORD_SETTING = settings.SMTP_PASSWORD.name
TRUSTED_SETTING = settings.CERTIFICATES.name
OK = 250
HIGHEST_PORT = 65_535


class NotSent(Refusal):
    """One person's digest could not be handed over; the others' are no worse for it."""


class Post(Protocol):
    """A way for digests to leave; `way` is what the trail calls it."""

    way: str

    def deliver(self, letter: Letter) -> None:
        """Hand a letter over, once; raises NotSent where it could not be."""


@dataclass
class Folder:
    """A folder with one `.eml` file for each person and day."""

    folder: Path
    way: str = "file"

    def deliver(self, letter: Letter) -> None:
        """Write the file; one that is there and says something else is never written over."""
        file = self.folder / _file_name(letter)
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            if file.exists():
                _check_same(file, letter)
            else:
                _write(file, letter.data)
        except OSError as problem:
            raise NotSent(
                f"{file} could not be written: {problem.strerror or problem}.",
                "Give a folder that you may write in.",
            ) from None


def _file_name(letter: Letter) -> str:
    person = letter.digest.person
    if not FILE_NAME.fullmatch(person):
        raise NotSent(
            f"The code {person!r} cannot be the name of a file.", "Send this one over SMTP."
        )
    return f"{letter.digest.day.isoformat()}-{person}.eml"


def _check_same(file: Path, letter: Letter) -> None:
    if file.read_bytes() != letter.data:
        raise NotSent(
            f"{file} is there already and says something else.", "Give a new or empty folder."
        )


def _write(file: Path, data: bytes) -> None:
    """Write a new file whole, or leave none."""
    with file.open("xb") as out:
        try:
            out.write(data)
            out.flush()
        except OSError:
            file.unlink()
            raise


class Security(StrEnum):
    """How a connection to a mail server is kept from others; each has its usual port."""

    NONE = "none"
    STARTTLS = "starttls"
    TLS = "tls"

    @property
    def port(self) -> int:
        """The port a server listens on where nobody says another (RFC 5321, RFC 6409, RFC 8314)."""
        return {Security.NONE: 25, Security.STARTTLS: 587, Security.TLS: 465}[self]


@dataclass(frozen=True)
class Server:
    """A mail server and how to sign in to it.

    Raises Refusal where a password would be sent open or is missing, or the port is none.
    """

    host: str
    port: int
    security: Security = Security.NONE
    user: str | None = None
    password: str | None = field(default=None, repr=False)

    def __post_init__(self) -> None:
        if not 0 < self.port <= HIGHEST_PORT:
            raise Refusal(
                f"{self.port} is no port.", f"Give --port a number from 1 to {HIGHEST_PORT}."
            )
        if self.user and self.security is Security.NONE:
            raise Refusal(
                f"The password of {self.user!r} would go to {self.host} for anybody to read.",
                "Add --starttls or --tls, or leave --user away. Nothing was sent.",
            )
        if self.user and not self.password:
            raise Refusal(
                f"There is no password for {self.user!r}.",
                f"Set {PASSWORD_SETTING} in the environment. Nothing was sent.",
            )


@contextmanager
def connected(server: Server) -> Iterator[Post]:
    """Give a way to a mail server, and leave it politely; raises Refusal where there is none."""
    post = _Connection(server, _opened(server))
    try:
        yield post
    finally:
        with suppress(smtplib.SMTPException):
            post.smtp.quit()
        post.smtp.close()


@dataclass
class _Connection:
    """A conversation with a mail server, begun again where the server ended it.

    A letter during which it ended is not sent a second time: the server may have kept it.
    Where no new conversation can be had, nothing further is tried.
    """

    server: Server
    smtp: smtplib.SMTP
    lost: NotSent | None = None
    way: str = "smtp"

    def deliver(self, letter: Letter) -> None:
        """Send a letter to its one recipient; raises NotSent with the server's reason."""
        self._begin_again_if_ended()
        try:
            self.smtp.sendmail(letter.sender, [letter.to], letter.data)
        except (OSError, ValueError) as problem:
            raise NotSent(
                f"{self.server.host} did not take it: {_words(problem)}.",
                "Mend the cause and run the command again: who had theirs gets no second one.",
            ) from None

    def _begin_again_if_ended(self) -> None:
        if self.lost:
            raise self.lost
        if self._answers():
            return
        self.smtp.close()
        try:
            self.smtp = _opened(self.server)
        except Refusal as gone:
            self.lost = NotSent(gone.summary, gone.advice)
            raise self.lost from None

    def _answers(self) -> bool:
        try:
            return self.smtp.noop()[0] == OK
        except smtplib.SMTPException:
            return False


def _opened(server: Server) -> smtplib.SMTP:
    """Open a conversation: encrypted with a checked certificate and signed in, as is asked."""
    trusted = ssl.create_default_context()
    at = (server.host, server.port)
    try:
        if server.security is Security.TLS:
            return _signed_in(smtplib.SMTP_SSL(*at, timeout=WAIT_SECONDS, context=trusted), server)
        smtp = smtplib.SMTP(*at, timeout=WAIT_SECONDS)
        return _signed_in(smtp, server, trusted)
    except (OSError, ValueError) as problem:
        raise Refusal(
            f"The mail server {server.host}, port {server.port}, cannot be used: "
            f"{_words(problem)}.",
            "Check --host, --port, --starttls or --tls, and --user. A certificate of an authority "
            f"of your own is trusted where {TRUSTED_SETTING} names its file.",
        ) from None


def _signed_in(
    smtp: smtplib.SMTP, server: Server, trusted: ssl.SSLContext | None = None
) -> smtplib.SMTP:
    try:
        if server.security is Security.STARTTLS:
            smtp.starttls(context=trusted)
        if server.user and server.password:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp


def _words(problem: Exception) -> str:
    """Return what went wrong in one line, in the server's words where it said any."""
    match problem:
        case smtplib.SMTPRecipientsRefused():
            code, said = next(iter(problem.recipients.values()))
            return f"it refused the address ({code} {_decoded(said)})"
        case smtplib.SMTPResponseException():
            return f"it answered {problem.smtp_code} {_decoded(problem.smtp_error)}"
        case smtplib.SMTPServerDisconnected():
            return "the connection was lost, so the mail may or may not have arrived"
        case ssl.SSLCertVerificationError():
            return f"its certificate does not hold ({one_line(problem.verify_message)})"
        case _:
            return one_line(str(problem)) or "the connection failed"


def _decoded(said: bytes | str) -> str:
    text = said.decode("utf-8", "replace") if isinstance(said, bytes) else said
    return one_line(text).rstrip(".")
