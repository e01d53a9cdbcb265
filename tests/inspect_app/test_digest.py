"""The digest: each person's week, what may be in it, how it reads as a mail, and once a day."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from email import message_from_bytes, policy
from email.message import EmailMessage
from html.parser import HTMLParser
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from data_model.database import Database
from data_model.records import Action, EvidenceItem, Person, Recommendation, RecommendationStep
from inspect_app.errors import NotAllowed, NotFound, Refusal
from inspect_app.publishing.digest_mail import Digest, Letter, Line, Section, is_mail_address
from inspect_app.services import digest, digest_round, people, recommendation_list, trail
from inspect_app.services.digest_post import (
    PASSWORD_SETTING,
    Folder,
    NotSent,
    Security,
    Server,
)
from inspect_app.services.digest_round import Came, Sending
from inspect_app.services.recommendation_list import Wanted
from inspect_app.signed_in import SignedIn
from inspect_app.workflow import Axis
from tests.inspect_app.test_command_line import on_one_database
from tests.support.cast import CAST
from tests.support.looking import every_row_of
from tests.support.mail_server import PASSWORD, USER
from tests.support.recommending import (
    CODE,
    COUNCIL,
    PLAN,
    accepted,
    drafted,
    evidence,
    published,
    read_and_agreed,
    step,
)

SignIn = Callable[[str], SignedIn]
MONDAY = date(2026, 12, 28)
APP = "https://inspections.aldermere.example"
JOANNA = "joanna.director@aldermere.example"
ONE_DAY = timedelta(days=1)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder that is not there yet."""
    return tmp_path / "digests" / "new"


def on(day: date, by: SignedIn) -> SignedIn:
    """Return somebody acting at nine on a day."""
    return replace(by, clock=lambda: datetime(day.year, day.month, day.day, 9, tzinfo=UTC))


def week(person: str, database: Database, day: date = MONDAY) -> Digest:
    """Return somebody's week from a day on."""
    by = on(day, people.acting(person, database))
    return digest.week(day - digest_round.LOOKS_BACK, by=by)


def counted(held: Digest) -> dict[str, int]:
    """Return how many wait under each heading."""
    return {section.heading: section.number for section in held.sections}


def codes(held: Digest) -> set[str]:
    """Return every recommendation that a digest names."""
    return {line.code for section in held.sections for line in section.lines}


def under(kind: digest.Kind, held: Digest) -> set[str]:
    """Return the recommendations that a digest lists under one heading."""
    listed = [s.lines for s in held.sections if s.heading == kind.heading]
    return {line.code for lines in listed for line in lines}


def mail(held: Digest, **how: str) -> EmailMessage:
    """Return a digest as whoever opens the mail gets it."""
    return message_from_bytes(Letter(held, JOANNA, **how).data, policy=policy.default)


def part(message: EmailMessage, kind: str) -> str:
    """Return the text or the HTML of a mail, its lines ending as in a file."""
    body = message.get_body((kind,))
    assert body is not None
    return str(body.get_content()).replace("\r\n", "\n")


def saying(*lines: Line, name: str = "Joanna Kowalczyk") -> Digest:
    """Return a digest with these lines under one heading."""
    section = Section("Past the original date", "1 past its original date", len(lines), lines)
    return Digest("joanna-director", name, "Aldermere Council", MONDAY, (section,))


def test_a_director_s_week_reads_like_this(database: Database) -> None:
    message = mail(week("joanna-director", database), app=APP)
    assert message["Subject"] == (
        "Your week: 1 with dates to meet, 1 past its original date, "
        "4 with planned dates passed, 1 sent back"
    )
    assert part(message, "plain") == JOANNAS_WEEK


JOANNAS_WEEK = """\
Your week from 28 December 2026
Joanna Kowalczyk, Aldermere Council (invented)

DATES TO MEET THIS WEEK (1)

- ALD-2025-R3: Act against suspects and the places they use, and find out
  whether it worked
  Action due: 31 December 2026. To be complete: 31 December 2026.
  https://inspections.aldermere.example/recommendations?recommendation=ALD-2025-R3

PAST THE ORIGINAL DATE (1)

- ALD-2025-R1: Say in every assessment whether a child has been harmed
  Council: no response yet; it is due by 9 April 2027. Found not good again,
  9 October 2026; the clock began again. 10 months past its original date.
  https://inspections.aldermere.example/recommendations?recommendation=ALD-2025-R1

PLANNED DATES THAT HAVE PASSED (4)

- ALD-2025-R3: Act against suspects and the places they use, and find out
  whether it worked
  Milestone: 30 October 2026.
  https://inspections.aldermere.example/recommendations?recommendation=ALD-2025-R3

- ALD-2025-R1: Say in every assessment whether a child has been harmed
  Re-audit by: 31 October 2026.
  https://inspections.aldermere.example/recommendations?recommendation=ALD-2025-R1

- ALD-2025-R2: Look for missing children at night, and hear from every child
  who returns
  Re-audit by: 31 October 2026.
  https://inspections.aldermere.example/recommendations?recommendation=ALD-2025-R2

- JIS-2026-R2: One offer for boys and for disabled children, agreed by
  council and health
  Milestone: 30 November 2026. Action due: 18 December 2026.
  https://inspections.aldermere.example/recommendations?recommendation=JIS-2026-R2

EVIDENCE SENT BACK BY THE VERIFIER (1)

- ALD-2025-R3: Act against suspects and the places they use, and find out
  whether it worked
  Council says in progress. Its evidence was found insufficient.
  https://inspections.aldermere.example/recommendations?recommendation=ALD-2025-R3

This is how things stood when this mail was written. Answer, add evidence or
give a new date in Inspection Evidence, under Recommendations, and not by
replying to this mail.
https://inspections.aldermere.example/recommendations
"""


def test_an_answer_is_due_in_the_seven_days_from_today_and_late_after_its_day(
    signed_in: SignIn, database: Database
) -> None:
    published(signed_in, response_due_on="2027-03-08")
    due = date(2027, 3, 8)
    for day, due_now, late in (
        (due - 8 * ONE_DAY, 0, 0),
        (due - 7 * ONE_DAY, 1, 0),
        (due, 1, 0),
        (due + ONE_DAY, 0, 1),
    ):
        found = counted(week("joanna-director", database, day))
        assert found.get(digest.ANSWERS.heading, 0) == due_now, day
        assert found.get(digest.LATE.heading, 0) == late, day
    assert "Your week: 1 answer due" in week("joanna-director", database, due).subject


def test_a_verifier_s_week_is_the_evidence_of_others_that_waits(
    signed_in: SignIn, database: Database
) -> None:
    ruth = signed_in("ruth-verifier")
    held = week("ruth-verifier", database)
    assert set(counted(held)) == {digest.TO_VERIFY.heading}
    before = held.sections[0].number
    accepted(signed_in)
    evidence(signed_in("joanna-director"), "E2")
    (section,) = week("ruth-verifier", database).sections
    assert section.number == before + 1
    (line,) = [line for line in section.lines if line.code == CODE]
    assert line.says.startswith("Aldermere Council (invented). Council says in progress.")
    step(ruth, Axis.ASSURANCE, to="insufficient", reason="It shows what was meant to happen.")
    assert week("ruth-verifier", database).sections[0].number == before
    assert CODE in codes(week("joanna-director", database))


def test_a_lead_s_week_is_their_drafts_each_once_and_the_evidence_in_their_inspections(
    signed_in: SignIn, database: Database
) -> None:
    before = counted(week("priya-lead", database)).get(digest.DRAFTS.heading, 0)
    drafted(signed_in)
    held = week("priya-lead", database)
    assert counted(held)[digest.DRAFTS.heading] == before + 1
    assert CODE in under(digest.DRAFTS, held)
    theirs = under(digest.UNVERIFIED, held)
    assert theirs == under(digest.TO_VERIFY, week("ruth-verifier", database)) != set()
    assert week("nadia-auditor", database).sections == ()


@on_one_database
def test_who_neither_answers_nor_verifies_nor_leads_is_told_nothing(database: Database) -> None:
    for person in ("ben-administrator", "samira-publisher", "patrick-board", "ellen-inspector"):
        assert week(person, database).sections == (), person


def test_what_was_found_not_good_again_is_new_for_a_week_and_until_the_next_digest(
    signed_in: SignIn, database: Database, folder: Path
) -> None:
    regressed(signed_in)
    today = signed_in("joanna-director").today
    operator = people.operator(database)
    for days, new in ((0, True), (7, True), (8, False)):
        held = week("joanna-director", database, today + days * ONE_DAY)
        assert (CODE in under(digest.REGRESSED, held)) == new, days
    said_to_joanna(today - 7 * ONE_DAY, folder, operator)
    late = said_to_joanna(today + 22 * ONE_DAY, folder, operator)
    assert CODE in late.partition(digest.REGRESSED.heading.upper())[2]
    assert CODE not in said_to_joanna(today + 40 * ONE_DAY, folder, operator)


def regressed(signed_in: SignIn) -> None:
    """Have the council's answer tested, and its theme found not good again today."""
    accepted(signed_in, themes=["T2"], bodies=[COUNCIL])
    step(signed_in("joanna-director"), Axis.DELIVERY, to="claimed")
    evidence(signed_in("joanna-director"), "E2")
    step(signed_in("ruth-verifier"), Axis.ASSURANCE, to="implemented")
    read_and_agreed(signed_in, "TWO-2026-READ", "2026-02-02", "grrii")


def said_to_joanna(day: date, folder: Path, operator: SignedIn) -> str:
    """Send Joanna her digest of a day, and return its text."""
    how = Sending(only="joanna-director")
    digest_round.send(Folder(folder), how, by=on(day, operator))
    data = (folder / f"{day.isoformat()}-joanna-director.eml").read_bytes()
    return part(message_from_bytes(data, policy=policy.default), "plain")


def test_nobody_is_told_of_what_they_may_not_see(signed_in: SignIn, database: Database) -> None:
    drafted(signed_in)
    named = 0
    for person in CAST:
        held, by = codes(week(person, database)), people.acting(person, database)
        if held:
            seen = {line.code for line in recommendation_list.every(Wanted(), by=by)}
            assert held <= seen, person
            named += 1
        assert (CODE in held) == (person == "priya-lead")
    assert named >= 5


@on_one_database
def test_nobody_s_free_text_is_in_any_mail(signed_in: SignIn, database: Database) -> None:
    accepted(signed_in)
    with every_row_of(database).reading() as session:
        texts = {
            text
            for column in (
                Action.action,
                Action.owner_role,
                EvidenceItem.description,
                RecommendationStep.reason,
                Recommendation.text,
                Recommendation.reason,
            )
            for text in session.scalars(select(column))
            if text
        } | {PLAN["steps"]}
    assert len(texts) > 50
    days = (MONDAY, date(2096, 12, 28))
    mails = [Letter(week(p, database, d), JOANNA).data for p in CAST for d in days]
    said = " ".join(part(message_from_bytes(m, policy=policy.default), "plain") for m in mails)
    said = " ".join(said.split())
    assert "Action due" in said
    assert [text for text in texts if " ".join(text.split()) in said] == []


class _Page(HTMLParser):
    """The tags of a page with what they say, as a browser or a screen reader walks it."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data

    def all(self, tag: str) -> list[dict[str, str | None]]:
        """Return what each tag of a kind carries."""
        return [held for name, held in self.tags if name == tag]


@on_one_database
def test_text_and_html_say_the_same_and_the_html_needs_nothing_from_elsewhere(
    database: Database,
) -> None:
    held = week("joanna-director", database)
    message = mail(held, app=APP)
    assert message.get_content_type() == "multipart/alternative"
    text, page = part(message, "plain"), _Page(part(message, "html"))
    for section in held.sections:
        for line in section.lines:
            for said in (f"{line.code}: {line.title}", line.says):
                assert said in " ".join(text.split())
                assert said in page.text
    (html,) = page.all("html")
    assert html == {"lang": "en-GB"}
    assert [tag for tag, _held in page.tags if re.fullmatch("h[1-6]", tag)] == (
        ["h1"] + ["h2"] * len(held.sections)
    )
    assert {tag for tag, _held in page.tags}.isdisjoint({"img", "link", "script", "style"})
    assert not [held for _tag, held in page.tags if "src" in held or "url(" in str(held)]
    assert {str(a["href"]).partition("?")[0] for a in page.all("a")} == {f"{APP}/recommendations"}


@on_one_database
def test_without_the_app_s_address_there_is_no_link(database: Database) -> None:
    message = mail(week("joanna-director", database))
    assert _Page(part(message, "html")).all("a") == []
    assert "http" not in part(message, "plain")


def test_markup_in_a_title_is_shown_and_does_nothing() -> None:
    title = '<script>alert(1)</script> <img src="//x.example/a.png"> & "quoted"'
    message = mail(saying(Line('R"><b>1', title, "Not <b>yet</b> tested.")), app=APP)
    page = _Page(part(message, "html"))
    assert {"script", "img", "b"}.isdisjoint(tag for tag, _held in page.tags)
    assert title in page.text
    assert page.all("a")[0]["href"] == f"{APP}/recommendations?recommendation=R%22%3E%3Cb%3E1"
    assert title in " ".join(part(message, "plain").split())


def test_line_breaks_in_a_name_or_a_title_make_no_header_and_no_line_of_their_own() -> None:
    wicked = "Joanna\r\nBcc: everybody@elsewhere.example\n\n<b>\u202egnihtemos\x1b[31m"
    message = mail(saying(Line("R1", wicked, "Said.\nEVIDENCE SENT BACK (9)"), name=wicked))
    assert message["Bcc"] is None
    assert [to.addr_spec for to in message["To"].addresses] == [JOANNA]
    assert message.defects == []
    text = part(message, "plain")
    assert "\nBcc" not in text
    assert "\nEVIDENCE" not in text
    assert not set("\u202e\x1b") & set(text + part(message, "html"))


@given(st.text(max_size=200), st.text(max_size=200))
def test_whatever_a_name_or_a_title_holds_the_mail_stays_whole(name: str, title: str) -> None:
    held = saying(Line("R1", title, "Not yet tested."), name=name)
    data = Letter(held, JOANNA).data
    assert data.isascii()
    assert max(map(len, data.split(b"\r\n"))) <= 998
    assert b"\n" not in data.replace(b"\r\n", b"")
    message = message_from_bytes(data, policy=policy.default)
    assert list(message.keys()) == HEADERS
    assert [to.addr_spec for to in message["To"].addresses] == [JOANNA]
    assert [each.get_content_type() for each in message.iter_parts()] == ["text/plain", "text/html"]
    assert "Not yet tested." in part(message, "plain")
    assert {tag for tag, _held in _Page(part(message, "html")).tags} <= TAGS


HEADERS = [
    "From", "To", "Subject", "Date", "Message-ID", "Auto-Submitted", "MIME-Version", "Content-Type",
]  # fmt: skip
TAGS = {
    "html", "head", "meta", "title", "body", "main", "h1", "h2", "p", "ul", "li", "strong", "br",
}  # fmt: skip


@on_one_database
def test_the_same_week_is_the_same_mail_and_another_is_another(database: Database) -> None:
    held = week("joanna-director", database)
    first, again = Letter(held, JOANNA).data, Letter(held, JOANNA).data
    assert first == again
    other = mail(replace(held, day=held.day + ONE_DAY))
    assert message_from_bytes(first)["Message-ID"] != other["Message-ID"]
    assert mail(held)["Date"].datetime == datetime(2026, 12, 28, tzinfo=UTC)


def test_a_mail_lists_the_first_of_many_and_says_how_many_more() -> None:
    lines = [Line(f"R{number}", "A title", "Not yet tested.") for number in range(digest.MOST + 3)]
    section = digest.OVERDUE.section(lines)
    held = replace(saying(), sections=(section,))
    assert held.subject == f"Your week: {digest.MOST + 3} past their original dates"
    text = part(mail(held), "plain")
    assert text.count("Not yet tested.") == digest.MOST
    assert "And 3 more, which Recommendations lists." in text


@on_one_database
def test_a_round_writes_a_file_for_each_who_has_something_and_counts_who_has_not(
    database: Database, folder: Path
) -> None:
    by = on(MONDAY, people.operator(database))
    waiting = {person for person in CAST if week(person, database).sections}
    done = digest_round.send(Folder(folder), Sending(), by=by)
    assert {each.person for each in done.of(Came.SENT)} == waiting
    assert {each.person for each in done.of(Came.NOTHING)} == set(CAST) - waiting
    files = {file.name for file in folder.iterdir()}
    assert files == {f"2026-12-28-{person}.eml" for person in waiting}


def test_each_digest_that_leaves_is_one_event_and_the_trail_holds(
    database: Database, folder: Path
) -> None:
    by = on(MONDAY, people.operator(database))
    admin = people.acting("ben-administrator", database)
    before = trail.chain(by=admin).events
    done = digest_round.send(Folder(folder), Sending(), by=by)
    chain = trail.chain(by=admin)
    assert chain.holds
    assert chain.events == before + len(done.of(Came.SENT))
    newest = trail.latest(by=admin, limit=1)[0]
    last = done.of(Came.SENT)[-1]
    assert (newest.action, newest.subject) == ("digest.sent", f"person {last.person}")
    assert newest.by == people.OPERATOR


def test_a_second_digest_of_the_same_day_needs_to_be_asked_for(
    database: Database, folder: Path
) -> None:
    by = on(MONDAY, people.operator(database))
    first = digest_round.send(Folder(folder), Sending(only="joanna-director"), by=by)
    assert len(first.outcomes) == 1
    rest = digest_round.send(Folder(folder), Sending(), by=by)
    assert [each.person for each in rest.of(Came.HAD_ONE)] == ["joanna-director"]
    kept = {file: file.read_bytes() for file in folder.iterdir()}
    with pytest.raises(Refusal, match=r"has had their digest of 2026-12-28.*--again"):
        digest_round.send(Folder(folder), Sending(), by=by)
    again = digest_round.send(Folder(folder), Sending(again=True), by=by)
    assert len(again.of(Came.SENT)) == len(kept)
    assert {file: file.read_bytes() for file in folder.iterdir()} == kept
    tomorrow = digest_round.send(Folder(folder), Sending(), by=on(MONDAY + ONE_DAY, by))
    assert tomorrow.of(Came.HAD_ONE) == ()


def test_who_has_no_address_that_mail_can_be_sent_to_is_named(
    database: Database, folder: Path
) -> None:
    by = on(MONDAY, people.operator(database))
    with every_row_of(database).recording() as session:
        session.get_one(Person, "joanna-director").mail = None
        session.get_one(Person, "desmond-director").mail = "d@b.example\r\nBcc: e@c.example"
        session.get_one(Person, "ellen-inspector").mail = None
        trail.note(session, by, "person.changed", "people")
    done = digest_round.send(Folder(folder), Sending(), by=by)
    named = {each.person for each in done.of(Came.NO_ADDRESS)}
    assert named == {"joanna-director", "desmond-director"}
    assert not list(folder.glob("*joanna*")) + list(folder.glob("*desmond*"))


@on_one_database
def test_a_file_that_says_something_else_is_not_written_over_and_the_others_are_written(
    database: Database, folder: Path
) -> None:
    by = on(MONDAY, people.operator(database))
    folder.mkdir(parents=True)
    there = folder / "2026-12-28-joanna-director.eml"
    there.write_text("Somebody's notes.", encoding="utf-8")
    done = digest_round.send(Folder(folder), Sending(), by=by)
    (kept,) = done.of(Came.NOT_SENT)
    assert (kept.person, "says something else" in kept.why) == ("joanna-director", True)
    assert there.read_text(encoding="utf-8") == "Somebody's notes."
    assert len(done.of(Came.SENT)) == len(list(folder.iterdir())) - 1 >= 4
    there.unlink()
    rest = digest_round.send(Folder(folder), Sending(), by=by)
    assert [each.person for each in rest.of(Came.SENT)] == ["joanna-director"]


def test_a_folder_that_is_a_file_and_a_code_that_is_a_path_are_refused(tmp_path: Path) -> None:
    notes = tmp_path / "notes"
    notes.write_text("Somebody's notes.", encoding="utf-8")
    with pytest.raises(NotSent, match="could not be written"):
        Folder(notes).deliver(Letter(saying(), JOANNA))
    with pytest.raises(NotSent, match="cannot be the name of a file"):
        Folder(tmp_path).deliver(Letter(replace(saying(), person="../notes"), JOANNA))
    assert [file.name for file in tmp_path.iterdir()] == ["notes"]


@on_one_database
def test_only_whoever_runs_the_command_line_sends_and_only_to_people_there_are(
    signed_in: SignIn, database: Database, folder: Path
) -> None:
    for person in ("ben-administrator", "samira-publisher", "joanna-director"):
        with pytest.raises(NotAllowed):
            digest_round.send(Folder(folder), Sending(), by=signed_in(person))
    with pytest.raises(NotFound, match="no person 'nobody'"):
        digest_round.send(Folder(folder), Sending(only="nobody"), by=people.operator(database))
    assert not folder.exists()


@pytest.mark.parametrize(
    "wrong",
    ["", "app", "javascript:alert(1)", "https://", "https://a b", 'https://a"', "http://[x"],
)
def test_an_address_that_no_link_could_lead_to_is_refused(wrong: str) -> None:
    with pytest.raises(Refusal, match="not the address of the app"):
        Sending(app=wrong)


@pytest.mark.parametrize("wrong", ["", "me", "me@", "a b@c", "a@b, c@d", "<a@b>", "a@b\n", "é@b"])
def test_what_is_no_plain_address_gets_no_mail(wrong: str) -> None:
    assert not is_mail_address(wrong)
    with pytest.raises(Refusal, match="not an address to send mail from"):
        Sending(sender=wrong)


def test_a_password_is_never_sent_in_the_open_nor_asked_for_in_vain() -> None:
    with pytest.raises(Refusal, match="for anybody to read"):
        Server("localhost", 25, Security.NONE, USER, PASSWORD)
    with pytest.raises(Refusal, match=f"no password for '{USER}'.*{PASSWORD_SETTING}"):
        Server("localhost", 587, Security.STARTTLS, USER)
    assert PASSWORD not in repr(Server("localhost", 587, Security.STARTTLS, USER, PASSWORD))


@pytest.mark.parametrize("port", [0, 65_536, -1])
def test_a_port_that_is_none_is_refused(port: int) -> None:
    with pytest.raises(Refusal, match="is no port"):
        Server("localhost", port)
