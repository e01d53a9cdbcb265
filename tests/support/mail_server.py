"""A real mail server on this machine, as a post room would run one: it keeps what it is sent."""

# ruff: noqa: ARG002, N802 - the server names its handlers and says what each is given.

import asyncio
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

import trustme
from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, AuthResult, Envelope, LoginPassword, Session

HERE = "127.0.0.1"
USER, PASSWORD = "digest", "a password of the tests"
NO_SUCH_PERSON = "550 5.1.1 No such person here"


@dataclass
class Inbox:
    """What arrived, and how the server is to behave towards whom."""

    refused: set[str] = field(default_factory=set)
    dropped: set[str] = field(default_factory=set)
    ends_after_each: bool = False
    closes_after: int | None = None
    arrived: list[tuple[str, bytes]] = field(default_factory=list)
    users: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)
    greeted: int = 0

    @property
    def to(self) -> list[str]:
        """Whom mail arrived for, in order."""
        return [to for to, _data in self.arrived]

    def mail_to(self, address: str) -> EmailMessage:
        """Return the one mail that arrived for an address."""
        (data,) = [data for to, data in self.arrived if to == address]
        return message_from_bytes(data, policy=policy.default)

    async def handle_EHLO(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        hostname: str,
        responses: list[str],
    ) -> list[str]:
        """Greet, unless the server has closed for the day."""
        self.greeted += 1
        session.host_name = hostname
        if self.closes_after is not None and len(self.arrived) >= self.closes_after:
            _hang_up(server)
        return responses

    async def handle_NOOP(
        self, server: SMTP, session: Session, envelope: Envelope, arg: str
    ) -> str:
        """Answer; a server that ends after each mail hangs up on whoever asks for more."""
        ends = self.ends_after_each or self.closes_after is not None
        if ends and self.arrived and self.greeted:
            self.greeted = 0
            _hang_up(server)
        return "250 OK"

    async def handle_RCPT(
        self,
        server: SMTP,
        session: Session,
        envelope: Envelope,
        address: str,
        rcpt_options: list[str],
    ) -> str:
        """Take or refuse a recipient."""
        if address in self.refused:
            return NO_SUCH_PERSON
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:
        """Keep a mail; for some, hang up before saying so."""
        (to,) = envelope.rcpt_tos
        content = envelope.content
        assert isinstance(content, bytes)
        self.arrived.append((to, content))
        self.encrypted.append(_transport(server).get_extra_info("ssl_object") is not None)
        if to in self.dropped:
            _hang_up(server)
        return "250 OK"

    def signed_in(
        self, server: SMTP, session: Session, envelope: Envelope, mechanism: str, data: Any
    ) -> AuthResult:
        """Say whether a user's password is right."""
        assert isinstance(data, LoginPassword)
        right = (data.login, data.password) == (USER.encode(), PASSWORD.encode())
        if right:
            self.users.append(data.login.decode())
        return AuthResult(success=right, handled=False)


def _hang_up(server: SMTP) -> None:
    _transport(server).abort()


def _transport(server: SMTP) -> asyncio.WriteTransport:
    transport = server.transport
    assert isinstance(transport, asyncio.WriteTransport)
    return transport


@dataclass(frozen=True)
class MailServer:
    """A server that runs: where it listens, and its inbox."""

    inbox: Inbox
    port: int
    host: str = "localhost"


@contextmanager
def mail_server(
    inbox: Inbox, *, starttls: ssl.SSLContext | None = None, tls: ssl.SSLContext | None = None
) -> Iterator[MailServer]:
    """Run a server in a thread; with STARTTLS or TLS it must be used before anything is sent."""
    running = Controller(
        inbox,
        hostname=HERE,
        port=_free_port(),
        ssl_context=tls,
        tls_context=starttls,
        require_starttls=starttls is not None,
        authenticator=inbox.signed_in,
        # The server does not know TLS from the first byte for TLS.
        auth_required=starttls is not None,
        auth_require_tls=tls is None,
    )
    running.start()
    try:
        yield MailServer(inbox, running.port)
    finally:
        running.stop()


def _free_port() -> int:
    with socket.socket() as asked:
        asked.bind((HERE, 0))
        port: int = asked.getsockname()[1]
        return port


def certified(authority: trustme.CA, *names: str) -> ssl.SSLContext:
    """Return a server's side of TLS with a certificate of this authority for these names."""
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    authority.issue_cert(*names).configure_cert(context)
    return context
