"""A crowd: who they are, what each does every ten seconds, and how long they wait."""

import asyncio
import random
import time
from collections.abc import Awaitable, Callable
from contextlib import AsyncExitStack, closing
from dataclasses import dataclass, field
from statistics import quantiles

from benchmarks.load.person import Person, WentWrongError, sign_in
from benchmarks.load.served import memory
from data_model.database import create_database, open_database
from inspect_app.services import cases, people, samples
from tests.support.cases import begun

EVERY = 10.0
WARM = 10
"""How many people come first: with them everything is loaded that all share."""

READERS = {"gwenllian-elsewhere": "Gwenllian Prys", "rhodri-inspector": "Rhodri Bowen"}
BOARD, AREA, DIRECTOR = "Patrick Doyle", "X06000001", "Joanna Kowalczyk"
AGENCIES = ("Cwm Helyg Council (invented)", "Cwm Helyg Health Board (invented)")
RECORD, READ, DIRECT = "recording", "reading scorecards", "directing"
SHARES = {RECORD: 0.6, READ: 0.3, DIRECT: 0.1}

Act = Callable[[], Awaitable[float]]


@dataclass
class Waits:
    """How long each kind of people waited, what went wrong, what recorders were shown."""

    by_kind: dict[str, list[float]] = field(default_factory=dict)
    wrong: list[str] = field(default_factory=list)
    kept: dict[int, str] = field(default_factory=dict)
    megabytes: float = 0.0
    warm: float = 0.0

    def a_session(self, number: int) -> float:
        """Return the megabytes of each session after the first, which loaded what all share."""
        return (self.megabytes - self.warm) / max(1, number - WARM)

    def all(self) -> list[float]:
        """Return every wait."""
        return [each for waits in self.by_kind.values() for each in waits]


def late(waits: list[float]) -> float:
    """Return the time that 95 % of the waits stay within."""
    return quantiles(waits, n=20)[18] if len(waits) > 1 else max(waits, default=0.0)


async def _live(kind: str, act: Act, waits: Waits, seconds: float, chance: random.Random) -> None:
    """Act every ten seconds on average, for a while; the first time is not counted."""
    until = time.monotonic() + seconds
    await asyncio.sleep(chance.uniform(0, EVERY))
    while time.monotonic() < until:
        try:
            waits.by_kind.setdefault(kind, []).append(await act())
        except (WentWrongError, OSError) as problem:
            waits.wrong.append(f"{kind}: {problem}")
            return
        await asyncio.sleep(chance.expovariate(1 / EVERY))


async def on_bare(address: str, number: int, seconds: float, processes: list[int]) -> Waits:
    """Let so many people use the bare page."""
    waits = Waits()
    async with AsyncExitStack() as tabs:
        living = []
        for each in range(number):
            person = await tabs.enter_async_context(Person(address, ""))
            await person.act()
            (choice,) = person.drawn("radio")
            living.append(_live("bare", _switching(person, choice.id, ("One", "Two")), waits,  # type: ignore[attr-defined]
                                seconds, random.Random(each)))  # fmt: skip
        await asyncio.gather(*living)
        waits.megabytes = memory(processes)
    return waits


def _switching(person: Person, widget: str, options: tuple[str, str]) -> Act:
    turn = 0

    async def act() -> float:
        nonlocal turn
        turn += 1
        return await person.act(**{widget: options[turn % 2]})

    return act


def _recording(person: Person, case: int, waits: Waits) -> Act:
    """Return what a recorder does: change who leads on the case, and see it kept."""
    turn = 0

    async def act() -> float:
        nonlocal turn
        turn += 1
        (choice,) = [r for r in person.drawn("radio") if r.label == "Lead agency"]  # type: ignore[attr-defined]
        chosen = AGENCIES[turn % 2]
        taken = await person.act(**{choice.id: chosen})  # type: ignore[attr-defined]
        if refused := person.refused():
            raise WentWrongError(refused[0])
        waits.kept[case] = chosen
        return taken

    return act


def _going(person: Person, places: tuple[tuple[str, str], ...]) -> Act:
    """Return what a reader does: go from one page or quarter to the next."""
    turn = 0

    async def act() -> float:
        nonlocal turn
        turn += 1
        person.page, person.query = places[turn % len(places)]
        return await person.act()

    return act


async def on_app(
    address: str, number: int, seconds: float, processes: list[int], held: dict[int, str]
) -> Waits:
    """Let so many people use the app: recorders, board members and directors."""
    waits, numbers = Waits(), list(held)
    async with AsyncExitStack() as tabs:
        living = []
        for each in range(number):
            if each == WARM:
                waits.warm = memory(processes)
            kind = RECORD if each % 10 < 6 else READ if each % 10 < 9 else DIRECT
            case = numbers[each]
            person, name = _tab(kind, address, case)
            await tabs.enter_async_context(person)
            await sign_in(person, name or READERS[held[case]])
            act = _acting(kind, person, case, waits)
            living.append(_live(kind, act, waits, seconds, random.Random(each)))
        await asyncio.gather(*living)
        waits.megabytes = memory(processes)
    return waits


def _tab(kind: str, address: str, case: int) -> tuple[Person, str | None]:
    if kind == RECORD:
        return Person(address, "case-review", f"case={case}"), None
    if kind == READ:
        return Person(address, "scorecard", f"area={AREA}"), BOARD
    return Person(address, "recommendations"), DIRECTOR


def _acting(kind: str, person: Person, case: int, waits: Waits) -> Act:
    if kind == RECORD:
        return _recording(person, case, waits)
    if kind == READ:
        quarters = [("scorecard", f"area={AREA}&quarter={q}") for q in ("2026-Q2", "2026-Q1")]
        return _going(person, tuple(quarters))
    return _going(person, (("home", ""), ("recommendations", "")))


def prepare(database_url: str, number: int) -> dict[int, str]:
    """Begin a case for each person in a database of the samples; return whose each case is."""
    held, readers = {}, list(READERS)
    with closing(open_database(database_url)) as database:
        for each in range(number):
            reader = readers[each % len(readers)]
            by = people.acting(reader, database)
            held[begun(by, reference=f"CWM-L{each:03d}")] = reader
    return held


def with_samples(database_url: str) -> None:
    """Load the samples."""
    with closing(create_database(database_url)) as database:
        samples.load(database)


def read_back(database_url: str, held: dict[int, str], waits: Waits) -> int:
    """Return how many cases hold what their recorder was last shown; complain of the others."""
    there = 0
    with closing(open_database(database_url)) as database:
        for case, chosen in waits.kept.items():
            found = cases.view(case, by=people.acting(held[case], database)).form.lead_agency
            expected = "cwm-helyg-council" if "Council" in chosen else "cwm-helyg-health"
            there += found == expected
            if found != expected:
                waits.wrong.append(f"case {case} holds {found}, and {expected} was shown as kept")
    return there
