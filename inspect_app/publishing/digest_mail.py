"""A person's week as a mail: plain text and HTML that say the same, and the same bytes each time.

Only codes, titles, dates and labels made from statuses are in it; nobody's free text is.
"""

import hashlib
import re
import textwrap
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP
from functools import cache, cached_property
from pathlib import Path
from urllib.parse import quote

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from inspect_app.publishing.words import day

TEMPLATES = Path(__file__).parent / "templates"
TEXT, HTML = "digest.txt.j2", "digest.html.j2"
FROM_NAME = "Inspection Evidence"
NOBODY = "nobody@inspection-evidence.invalid"
"""Whom a mail in a file is from where nobody is named: RFC 6761 keeps `.invalid` for that."""
MAIL_ADDRESS = re.compile(r"[0-9A-Za-z.!#$%&'*+/=?^_`{|}~-]{1,64}@[0-9A-Za-z.-]{1,253}")
LONGEST_ADDRESS = 254
WIDTH = 76


@dataclass(frozen=True)
class Line:
    """One recommendation in a digest: its code, its title and what is to be said of it."""

    code: str
    title: str
    says: str


@dataclass(frozen=True)
class Section:
    """What waits of one kind: `counted` is how many, as the subject says it.

    `lines` are the first of `number`.
    """

    heading: str
    counted: str
    number: int
    lines: tuple[Line, ...]

    @property
    def more(self) -> int:
        """How many stand behind those that are listed."""
        return self.number - len(self.lines)


@dataclass(frozen=True)
class Digest:
    """One person's week from a day on; without sections there is nothing to say."""

    person: str
    name: str
    organisation: str
    day: date
    sections: tuple[Section, ...]

    @property
    def subject(self) -> str:
        """How many of what, such as: Your week: 2 answers due, 1 past its original date."""
        return f"Your week: {', '.join(section.counted for section in self.sections)}"


@dataclass(frozen=True)
class Letter:
    """A digest on its way: to and from whom, and where the app is, if its links are to work."""

    digest: Digest
    to: str
    sender: str = NOBODY
    app: str | None = None

    @cached_property
    def data(self) -> bytes:
        """The mail as it is sent, lines ending as RFC 5322 asks; ASCII throughout."""
        return _message(self).as_bytes()


def is_mail_address(text: str) -> bool:
    """Return whether mail can be sent to this: a plain ASCII address and nothing else."""
    return len(text) <= LONGEST_ADDRESS and MAIL_ADDRESS.fullmatch(text) is not None


def one_line(text: str) -> str:
    """Return a text without line breaks and signs that cannot be seen, for a header or a line."""
    seen = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(seen.split())


def _message(letter: Letter) -> EmailMessage:
    text, html = (_render(template, letter) for template in (TEXT, HTML))
    mark = _mark(letter, text, html)
    message = EmailMessage(SMTP)
    for name, value in _headers(letter, mark).items():
        message[name] = value
    message.set_content(text, cte="quoted-printable")
    message.add_alternative(html, subtype="html", cte="quoted-printable")
    message.set_boundary(f"week-{mark}")
    return message


def _headers(letter: Letter, mark: str) -> Mapping[str, object]:
    """Return the headers; the date is the start of the digest's day, whenever it is made."""
    digest = letter.digest
    return {
        "From": Address(FROM_NAME, addr_spec=letter.sender),
        "To": Address(one_line(digest.name), addr_spec=letter.to),
        "Subject": one_line(digest.subject),
        "Date": datetime.combine(digest.day, time(), UTC),
        "Message-ID": f"<{mark}@{letter.sender.rpartition('@')[2]}>",
        "Auto-Submitted": "auto-generated",
    }


def _mark(letter: Letter, *bodies: str) -> str:
    """Return what no other mail has: the same for the same content to the same person that day."""
    said = (letter.digest.person, letter.digest.day.isoformat(), letter.to, letter.sender, *bodies)
    return hashlib.sha256("\0".join(said).encode()).hexdigest()[:32]


def _render(template: str, letter: Letter) -> str:
    page = _environment().get_template(template)
    return page.render(digest=letter.digest, app=letter.app)


def _wrapped(text: str, first: str = "") -> str:
    """Return a text in lines of a mail, later lines under the first one's words."""
    return textwrap.fill(
        one_line(text),
        WIDTH,
        initial_indent=first,
        subsequent_indent=" " * len(first),
        break_long_words=False,
        break_on_hyphens=False,
    )


def _link(code: str, app: str) -> str:
    return f"{app}/recommendations?recommendation={quote(code, safe='')}"


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(disabled_extensions=("txt.j2",), default=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
        newline_sequence="\n",
    )
    environment.filters.update(day=day, link=_link, one_line=one_line, wrapped=_wrapped)
    return environment
