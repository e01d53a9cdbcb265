"""Digests over SMTP, against a real mail server: TLS, passwords, refusals, and lost connections."""

from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from data_model.database import Database
from inspect_app.command_line import main
from inspect_app.errors import Refusal
from inspect_app.services import digest_round, people, trail
from inspect_app.services.digest_post import PASSWORD_SETTING, Security, Server, connected
from inspect_app.services.digest_round import Came, Round, Sending
from inspect_app.signed_in import SignedIn
from tests.inspect_app.test_command_line import Run, address, on_one_database, run
from tests.support.mail_server import PASSWORD, USER, Inbox, MailServer, certified, mail_server

__all__ = ["run"]
pytestmark = on_one_database
MONDAY = datetime(2026, 12, 28, 9, 0, tzinfo=UTC)
FROM = "digest@joint-inspectorate.example"
JOANNA, DESMOND = "joanna.director@aldermere.example", "desmond.director@mere-and-bracken.example"
HARPREET = "harpreet.director@brackenshire.example"


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    """An authority of our own."""
    return trustme.CA()


@pytest.fixture
def trusted(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Have that authority trusted, as an installation would."""
    file = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(file))
    monkeypatch.setenv("SSL_CERT_FILE", str(file))
    return file


@pytest.fixture
def operator(database: Database) -> SignedIn:
    """Whoever runs the command line, on a Monday."""
    return replace(people.operator(database), clock=lambda: MONDAY)


def server(
    running: MailServer, security: Security = Security.NONE, password: str = PASSWORD
) -> Server:
    """Return how to reach a server that runs, signed in where it encrypts."""
    if security is Security.NONE:
        return Server(running.host, running.port)
    return Server(running.host, running.port, security, USER, password)


def sent(to: Server, by: SignedIn) -> Round:
    """Send a round to a server."""
    with connected(to) as post:
        return digest_round.send(post, Sending(FROM), by=by)


def noted(by: SignedIn) -> list[str]:
    """Return whose digest the trail says was sent, in order."""
    events = trail.latest(by=people.acting("ben-administrator", by.database), limit=30)
    return [event.subject for event in reversed(events) if event.action == digest_round.SENT]


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
def test_digests_go_encrypted_to_a_server_that_asks_for_a_password(
    operator: SignedIn, authority: trustme.CA, trusted: Path, security: Security
) -> None:
    how = {str(security): certified(authority, "localhost")}
    with mail_server(Inbox(), **how) as running:
        done = sent(server(running, security), operator)
    inbox = running.inbox
    assert done.of(Came.NOT_SENT) == ()
    assert len(inbox.to) == len(set(inbox.to)) == len(done.of(Came.SENT)) >= 5
    assert inbox.users == [USER]
    assert inbox.encrypted == [True] * len(inbox.to)
    mail = inbox.mail_to(JOANNA)
    assert mail["From"] == f"Inspection Evidence <{FROM}>"
    assert mail["To"] == f"Joanna Kowalczyk <{JOANNA}>"
    assert mail["Subject"].startswith("Your week: ")
    assert [part.get_content_type() for part in mail.iter_parts()] == ["text/plain", "text/html"]
    assert noted(operator) == [f"person {each.person}" for each in done.of(Came.SENT)]


@pytest.mark.parametrize("security", [Security.STARTTLS, Security.TLS])
@pytest.mark.parametrize("wrong", ["of another host", "of another authority"])
def test_a_certificate_that_does_not_hold_is_refused_before_anything_is_said(
    operator: SignedIn, authority: trustme.CA, trusted: Path, security: Security, wrong: str
) -> None:
    of_another_host = certified(authority, "elsewhere.example")
    context = of_another_host if "host" in wrong else certified(trustme.CA(), "localhost")
    with (
        mail_server(Inbox(), **{str(security): context}) as running,
        pytest.raises(Refusal, match="certificate does not hold"),
    ):
        sent(server(running, security), operator)
    assert (running.inbox.arrived, running.inbox.users, noted(operator)) == ([], [], [])


def test_a_server_without_starttls_is_refused_rather_than_used_in_the_open(
    operator: SignedIn, trusted: Path
) -> None:
    with (
        mail_server(Inbox()) as running,
        pytest.raises(Refusal, match="STARTTLS extension not supported"),
    ):
        sent(server(running, Security.STARTTLS), operator)
    assert running.inbox.arrived == []


def test_a_wrong_password_is_refused_and_the_password_is_not_repeated(
    operator: SignedIn, authority: trustme.CA, trusted: Path
) -> None:
    context = certified(authority, "localhost")
    with mail_server(Inbox(), starttls=context) as running, pytest.raises(Refusal) as refused:
        sent(server(running, Security.STARTTLS, password="not it at all"), operator)
    assert "535" in refused.value.summary
    assert "not it at all" not in f"{refused.value} {refused.value.facts}"
    assert running.inbox.arrived == []


def test_a_server_that_is_not_there_is_named(operator: SignedIn) -> None:
    with mail_server(Inbox()) as running:
        pass
    with pytest.raises(Refusal, match=f"localhost, port {running.port}, cannot be used"):
        sent(server(running), operator)


def test_a_refused_recipient_holds_no_other_back_and_is_sent_later(operator: SignedIn) -> None:
    inbox = Inbox(refused={JOANNA})
    with mail_server(inbox) as running:
        first = sent(server(running), operator)
        (refused,) = first.of(Came.NOT_SENT)
        assert refused.person == "joanna-director"
        assert "550 5.1.1 No such person here" in refused.why
        assert len(inbox.to) == len(first.of(Came.SENT)) >= 5
        inbox.refused.clear()
        second = sent(server(running), operator)
    assert [each.person for each in second.of(Came.SENT)] == ["joanna-director"]
    assert second.of(Came.HAD_ONE) == tuple(
        replace(each, came=Came.HAD_ONE) for each in first.of(Came.SENT)
    )
    assert len(inbox.to) == len(set(inbox.to))


def test_a_server_that_hangs_up_after_the_first_mail_is_called_again(operator: SignedIn) -> None:
    inbox = Inbox(ends_after_each=True)
    with mail_server(inbox) as running:
        done = sent(server(running), operator)
    assert done.of(Came.NOT_SENT) == ()
    assert len(inbox.to) == len(set(inbox.to)) == len(done.of(Came.SENT)) >= 5


def test_a_mail_during_which_the_connection_is_lost_is_not_sent_twice_and_the_others_are_sent(
    operator: SignedIn,
) -> None:
    inbox = Inbox(dropped={DESMOND})
    with mail_server(inbox) as running:
        done = sent(server(running), operator)
    (lost,) = done.of(Came.NOT_SENT)
    assert lost.person == "desmond-director"
    assert "may or may not have arrived" in lost.why
    assert len(inbox.to) == len(set(inbox.to)) == len(done.of(Came.SENT)) + 1
    assert "person desmond-director" not in noted(operator)


def test_where_the_server_is_gone_for_good_those_left_are_named_and_sent_the_next_time(
    operator: SignedIn,
) -> None:
    inbox = Inbox(closes_after=2)
    with mail_server(inbox) as running:
        first = sent(server(running), operator)
        assert inbox.to == [DESMOND, HARPREET]
        assert len(first.of(Came.SENT)) == 2
        assert len(first.of(Came.NOT_SENT)) >= 3
        inbox.closes_after = None
        second = sent(server(running), operator)
    assert {each.person for each in second.of(Came.SENT)} == {
        each.person for each in first.of(Came.NOT_SENT)
    }
    assert len(inbox.to) == len(set(inbox.to))


def test_the_command_sends_over_tls_names_who_was_not_reached_and_exits_with_1(
    run: Run,
    database: Database,
    authority: trustme.CA,
    trusted: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv(PASSWORD_SETTING, PASSWORD)
    inbox = Inbox(refused={JOANNA})
    with mail_server(inbox, starttls=certified(authority, "localhost")) as running:
        where = ["--host", "localhost", "--port", str(running.port), "--starttls", "--user", USER]
        asked = ["digest", "--to", "smtp", *where, "--from", FROM]
        first = run(*asked, database=address(database))
        assert first.returncode == 1, first.stderr
        assert first.stdout.startswith(f"Digests sent through localhost: {len(inbox.to)}.")
        assert "Not sent to Joanna Kowalczyk (joanna-director): " in first.stderr
        assert "Traceback" not in first.stderr
        inbox.refused.clear()
        alone = run(*asked, "--only", "joanna-director", database=address(database))
        assert (alone.returncode, alone.stderr) == (0, "")
    assert inbox.to.count(JOANNA) == 1
    assert PASSWORD not in first.stdout + first.stderr


def test_the_command_says_what_is_missing_and_refuses_a_password_in_the_open(
    database: Database, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv(PASSWORD_SETTING, PASSWORD)
    start = ["digest", "--to", "smtp", "--database", address(database)]
    for asked, reason in (
        (["--from", FROM], "--host is needed"),
        (["--host", "localhost"], "--from is needed"),
        (["--host", "localhost", "--from", "me@b\r\nBcc: x@y"], "not an address to send mail from"),
        (["--host", "localhost", "--from", FROM, "--user", USER], "for anybody to read"),
        (["--host", "localhost", "--from", FROM, "--port", "0"], "0 is no port"),
        (["--host", "localhost", "--from", FROM, "--address", "app"], "not the address of the app"),
    ):
        assert main([*start, *asked]) == 1
        said = capsys.readouterr()
        assert (said.out, reason in said.err) == ("", True), said.err
    with pytest.raises(SystemExit) as wrong:
        main([*start, "--host", "localhost", "--from", FROM, "--tls", "--starttls"])
    assert wrong.value.code == 2
