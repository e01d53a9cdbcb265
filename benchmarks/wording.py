"""How well, and how quickly, are blaming words and identifying details pointed out?

Counts, for each part of the marked sentences and each kind, what was pointed out rightly,
wrongly and not at all, with precision and recall and their Wilson intervals at 95 %; then the
milliseconds for 2,000 characters, and their ratio to `str.lower().split()` on the same text.
"""

from collections.abc import Callable, Iterable
from time import perf_counter

from data_model.wording import concerns
from metrics.intervals import wilson
from tests.data_model.wording.marking import PARTS, Agreement, Sentence, by_kind, sentences

CHARACTERS = 2_000
TIMES = 200
LONG = 20_000
# What makes a careless pattern slow.
REPEATED = ("a", "A", "1", "0 ", "'", "“", "‘", "s’ ", '"', "@", ".", "her ", "A ", "12 ", "Ab ")
HEADING = f"{'':<20}{'right':>6}{'wrong':>6}{'missed':>7}   {'precision':<22}{'recall':<22}"


def share(count: int, out_of: int) -> str:
    """Return a share with its interval, in percent, or a dash where there is nothing."""
    if not out_of:
        return "–"
    interval = wilson(count, out_of)
    return f"{count / out_of:6.1%} ({interval.low:.1%} to {interval.high:.1%})"


def line(name: str, agreement: Agreement) -> str:
    """Return one row of the table."""
    counts = f"{agreement.right:>6}{agreement.wrong:>6}{agreement.missed:>7}"
    precision = share(agreement.right, agreement.pointed_out)
    return f"{name:<20}{counts}   {precision:<26}{share(agreement.right, agreement.standing):<26}"


def report(part: str, marked: Iterable[Sentence]) -> None:
    """Print the table of one part."""
    held = list(marked)
    kinds = by_kind(held)
    clean = sum(not each.marked for each in held)
    print(f"\n{part}: {len(held)} sentences, {clean} of them clean\n{HEADING}")
    for kind in sorted(kinds):
        print(line(kind.value, kinds[kind]))
    print(line("together", sum(kinds.values(), Agreement())))


def milliseconds(work: Callable[[], object], times_over: int = TIMES) -> float:
    """Return the least time of several, as the documentation of `timeit` advises."""
    times = []
    for _ in range(times_over):
        began = perf_counter()
        work()
        times.append(perf_counter() - began)
    return min(times) * 1_000


def growth(sign: str) -> float:
    """Return how many times longer ten times the repeated characters take: 10 is linear."""
    short, long = ((sign * length)[:length] for length in (CHARACTERS, LONG))
    return milliseconds(lambda: concerns(long), 5) / milliseconds(lambda: concerns(short), 20)


def main() -> None:
    """Print how well and how quickly."""
    marked = sentences()
    for part in PARTS:
        report(part, (each for each in marked if each.part == part))
    print(f"\nmilliseconds for {CHARACTERS:,} characters")
    clean = " ".join(each.written for each in marked if not each.marked)
    mixed = " ".join(each.written for each in marked[::7])
    for name, text in (("clean text", clean[-CHARACTERS:]), ("half to mend", mixed[:CHARACTERS])):
        concerns(text)
        plain = milliseconds(lambda text=text: text.lower().split())  # type: ignore[misc]
        took = milliseconds(lambda text=text: concerns(text))  # type: ignore[misc]
        found = len(concerns(text))
        print(f"{name:<14}{took:7.3f} ms {took / plain:7.0f} x lower().split()  {found} found")
    slowest = max(REPEATED, key=growth)
    print(f"ten times as much of {slowest!r} takes {growth(slowest):.0f} times as long at most")


if __name__ == "__main__":
    main()
