"""What each figure on progress counts and what it leaves out, in the words of page and file."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from data_model.vocabulary import Evidence


@dataclass(frozen=True)
class Measure:
    """A figure by its title, and a sentence on what counts and what does not."""

    title: str
    counts: str


RESPONSE = Measure(
    "Response within time",
    "Out of every answer whose first response date has passed, so that no response counts as "
    "late; left out are those whose date has not passed, even where the response came early, and "
    "any later round after a theme was found not good again.",
)
ORIGINAL = Measure(
    "Past the original date",
    "Out of every accepted answer whose first promised date has passed, claimed late or not yet "
    "claimed complete; a later date that was promised since changes nothing, a claim is the body's "
    "own word, and what was closed without a claim before its date is left out.",
)
SLIPS = Measure(
    "Dates put back",
    "Out of every accepted answer with a promised date, how often that date was moved to a later "
    "one; an earlier date is no slip.",
)
UNTESTED = Measure(
    "Closed with the effect not tested",
    "Out of every answer that is closed today, those closed with nobody independent having found "
    "an effect; what is open is left out, and what was opened again counts as open.",
)
REGRESSION = Measure(
    "Found not good again",
    "How often an answer found implemented or with its effect shown was later found not good "
    "again, for every 100 years that such answers lasted, all of them together, closed ones too; "
    "what was never found implemented is left out.",
)
EVIDENCE = Measure(
    "Evidence behind the answers",
    "Every answer once, open or closed, by the strongest evidence its body has sent, whether or "
    "not a verifier accepted it.",
)
IMPLEMENTED = Measure(
    "Time to verified implementation",
    "From publication to the first day on which a verifier found it implemented; an answer that "
    "is still open counts for as long as it has been open, one closed without it until its "
    "closing, and the body's own claim does not count.",
)
SHOWN = Measure(
    "Time to effect",
    "From publication to the first day on which an effect was shown; an answer that is still open "
    "counts for as long as it has been open, one closed without it until its closing, and that it "
    "was lost again later is counted under “Found not good again”.",
)
VERIFIED = Measure(
    "From claim to verification",
    "From a body's first claim that it is complete to the first day on which a verifier found it "
    "implemented; a claim nobody has verified counts for as long as it has waited, and what was "
    "never claimed is left out.",
)

RESPONSES: Mapping[str, str] = {
    "responded_in_time": "Responded in time",
    "responded_late": "Responded late",
    "overdue": "No response, date passed",
    "responded_before_due": "Responded, date not passed",
    "not_due": "No response, date not passed",
    "without_date": "Without a response date",
}
ORIGINAL_DATES: Mapping[str, str] = {
    "claimed_in_time": "Claimed in time",
    "claimed_late": "Claimed late",
    "unclaimed": "Not claimed, date passed",
    "not_due": "Date not passed",
    "closed_first": "Closed before the date, no claim",
}
MOVED: Mapping[str, str] = {
    "never": "Never",
    "once": "Once",
    "twice": "Twice",
    "three_or_more": "Three times or more",
}
NO_EVIDENCE = "No evidence sent"


def parts(held: object, words: Mapping[str, str]) -> Iterator[tuple[str, int]]:
    """Yield each count of a figure with its words."""
    return ((said, getattr(held, name)) for name, said in words.items())


def rungs(mix: tuple[tuple[Evidence | None, int], ...]) -> Iterator[tuple[str, int]]:
    """Yield each rung of the ladder in words, and how many have it as their strongest evidence."""
    return ((rung.english if rung else NO_EVIDENCE, number) for rung, number in mix)
