"""Words that blame a child for being exploited (E.3)."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from data_model.shipped import rows
from data_model.wording.kinds import Found, Kind, Reason
from data_model.wording.pattern import PACKAGE, compiled, expanded, hyphens_or_spaces, openings
from data_model.wording.reading import Text
from data_model.wording.subject import Subject, subject

# A phrase that is fair about these is left alone.
FAIR_ABOUT = {
    "": frozenset[Subject](),
    "perpetrator": frozenset({Subject.PERPETRATOR}),
    "adult": frozenset({Subject.PERPETRATOR, Subject.PROFESSIONAL}),
}
NEARBY = 200


@dataclass(frozen=True)
class Phrase:
    """One way in which a child is blamed, and when the same words are fair.

    `unless` is met in the sentence, with `~` for the words found; `only` must be met nearby.
    """

    pattern: re.Pattern[str]
    fair_about: frozenset[Subject]
    unless: re.Pattern[str] | None
    only: re.Pattern[str] | None
    reason: Reason

    def blames(self, text: Text, start: int, end: int) -> bool:
        """Return whether the words from `start` to `end` blame the child, in their sentence."""
        first, last = text.sentence(start)
        before, after = text.folded[first:start], text.folded[end : max(last, end)]
        if self.unless and self.unless.search(f"{before}~{after}"):
            return False
        if self.only and not self.only.search(text.folded, max(0, start - NEARBY), end + NEARBY):
            return False
        return not self.fair_about or subject(before, after) not in self.fair_about


@cache
def phrases() -> dict[str, list[Phrase]]:
    """Return the shipped phrases by each word that they can open with."""
    reasons = {
        row["idea"]: Reason(row["why"], row["instead"], row["source"])
        for row in rows(PACKAGE, "blaming.csv")
    }
    found: dict[str, list[Phrase]] = {}
    for row in rows(PACKAGE, "phrases.csv"):
        written = hyphens_or_spaces(row["phrase"])
        phrase = Phrase(
            compiled(written),
            FAIR_ABOUT[row["not_about"]],
            _search(row["unless"]),
            _search(row["only"]),
            reasons[row["idea"]],
        )
        for word in openings(expanded(written)):
            found.setdefault(word, []).append(phrase)
    return found


def blaming_words(text: Text) -> Iterator[Found]:
    """Yield the words of a text that blame the child, some of them perhaps twice."""
    known = phrases()
    for word, start in text.tokens:
        for phrase in known.get(word, ()):
            said = phrase.pattern.match(text.folded, start)
            if said and phrase.blames(text, *said.span()):
                yield Found(Kind.BLAMING, *said.span(), phrase.reason)


def _search(written: str) -> re.Pattern[str] | None:
    return re.compile(expanded(written)) if written else None
