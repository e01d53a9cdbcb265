"""Names of people among the words of a text.

A first name that is nothing else is enough by itself, in small letters too. A name that is also
a word (Grace, Mark, May) and a word that is in no list need a person beside them: a title, “told
…”, “…'s mother”, “… (14)”. Words that the Inquiry's report writes small, areas, organisations,
laws and services are no people.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from data_model.wording.details import reasons
from data_model.wording.kinds import Found, Kind
from data_model.wording.name_words import (
    GAP,
    SPACE,
    Word,
    Words,
    beside,
    first_name,
    name_or_word,
    ordinary,
    surname,
    unlisted,
)
from data_model.wording.reading import Text

AGED = re.compile(r"(?:'s)?,? (?:\((?:aged )?1?\d\)|aged \d|who is \d|1?\d,|born\b)")
DIGIT_BESIDE = re.compile(r"\d(?:st|nd|rd|th)?(?: of)? $")
DIGIT_AFTER = re.compile(r" \d")
SHORT = 4
LONGEST = 4


@dataclass(frozen=True)
class Run:
    """Capitalised words that stand together and could be one person's name."""

    words: tuple[Word, ...]
    before: Word | None
    earlier: Word | None
    after: Word | None
    later: Word | None
    opens: bool

    @property
    def last(self) -> Word:
        """The last word of the run."""
        return self.words[-1]

    def follows(self, use: str) -> bool:
        """Whether the word before is one of this use."""
        return self.before is not None and self.before.plain in beside()[use]

    def leads_to(self, use: str) -> bool:
        """Whether the word after is one of this use."""
        return self.after is not None and self.after.plain in beside()[use]

    def follows_both(self, use: str, joining: str) -> bool:
        """Whether the two words before are one of this use and the joining word."""
        if self.before is None or self.earlier is None:
            return False
        return self.before.plain == joining and self.earlier.plain in beside()[use]


class Names:
    """Finds the names in one text; `aside` numbers the words that are known to be no person's."""

    def __init__(self, text: Text, words: Words, aside: frozenset[int]) -> None:
        """Keep the text with its words."""
        self.text, self.words, self.aside = text, words, aside

    def __iter__(self) -> Iterator[Found]:
        """Yield each name."""
        done = 0
        for place in self.words.telling:
            if place >= done:
                end = self._run_end(place)
                if self._named(place, end):
                    yield self._found(place, end)
                done = end

    def _found(self, place: int, end: int) -> Found:
        first, last = self.words[place], self.words[max(place, end - 1)]
        return Found(Kind.NAME, first.start, last.end, reasons()[Kind.NAME])

    def _named(self, place: int, end: int) -> bool:
        if end == place:
            return self._small_name(place)
        return self._is_person(self._run(place, end))

    def _small_name(self, place: int) -> bool:
        word = self.words[place]
        if word.capital or place in self.aside or len(word.text) < SHORT:
            return False
        return first_name(word) and word.plain not in ordinary()

    def _run_end(self, place: int) -> int:
        """Return where the run that starts here ends; `place` itself when none starts."""
        end = place
        while end < len(self.words) and end - place < LONGEST and self._joins(place, end):
            end += 1
        return end

    def _joins(self, place: int, at: int) -> bool:
        word = self.words[at]
        if not word.capital or at in self.aside:
            return False
        if at > place and not self._adjacent(at - 1, at):
            return False
        titled = at == place and place > 0 and self._titled(place)
        if surname(word) and (at > place or titled):
            return True
        return word.initial or first_name(word) or name_or_word(word) or unlisted(word)

    def _titled(self, place: int) -> bool:
        title = self.words[place - 1]
        return (
            title.capital
            and title.plain in beside()["title"]
            and SPACE.fullmatch(self.text.folded, title.end, self.words[place].start) is not None
        )

    def _adjacent(self, first: int, second: int) -> bool:
        """Return whether two words stand in one name; a full stop only follows an initial."""
        here, there = self.words[first], self.words[second]
        between = self.text.folded[here.end : there.start]
        if here.possessive:
            return False
        return between in {" ", "  "} or (here.initial and between in {".", ". "})

    def _run(self, place: int, end: int) -> Run:
        def near(at: int, beside_it: int) -> Word | None:
            if not 0 <= at < len(self.words):
                return None
            first, second = sorted((at, beside_it))
            left, right = self.words[first], self.words[second]
            start = left.end + 2 * left.possessive
            close = GAP.fullmatch(self.text.folded, start, right.start)
            return self.words[at] if close else None

        before, after = near(place - 1, place), near(end, end - 1)
        return Run(
            tuple(self.words[at] for at in range(place, end)),
            before,
            near(place - 2, place - 1) if before else None,
            after,
            near(end + 1, end) if after else None,
            self.text.starts_sentence(self.words[place].start),
        )

    def _is_person(self, run: Run) -> bool:
        if self._is_something_else(run):
            return False
        if run.before is not None and run.before.capital and run.follows("title"):
            return any(not word.initial for word in run.words)
        if any(first_name(word) for word in run.words):
            return True
        if run.words[0].initial:
            return self._initialled(run)
        if self._beside_person(run):
            return not run.opens or self._opening_person(run)
        return self._by_itself(run)

    def _is_something_else(self, run: Run) -> bool:
        """Return whether this names a law, a report, an operation or an organisation."""
        if run.follows("operation") or (run.last.possessive and run.leads_to("own_law")):
            return True
        if not run.last.possessive and run.leads_to("law"):
            return True
        organisation = run.after is not None and run.after.capital and run.leads_to("organisation")
        return organisation and not any(first_name(word) for word in run.words)

    def _initialled(self, run: Run) -> bool:
        """Return whether initials stand before a name; “A” and “I” need their full stop."""
        first = run.words[0]
        stop = self.text.folded[first.end : first.end + 1] == "."
        named = any(unlisted(word) or surname(word) for word in run.words[1:])
        return named and (stop or first.plain not in {"a", "i"})

    def _beside_person(self, run: Run) -> bool:
        if run.follows("person_before") or run.leads_to("person_after"):
            return True
        if run.follows("role") and not run.opens:
            return True
        if run.last.possessive and run.leads_to("belonging"):
            return True
        if run.follows("article") and run.leads_to("household"):
            return True
        if AGED.match(self.text.folded, run.last.end):
            return True
        joined = (("to_person", "to"), ("by_person", "by"), ("with_person", "with"))
        return any(run.follows_both(use, joining) for use, joining in joined) or (
            run.follows_both("known", "as")
        )

    def _opening_person(self, run: Run) -> bool:
        return (
            run.leads_to("person_after")
            or run.last.possessive
            or len(run.words) > 1
            or (AGED.match(self.text.folded, run.last.end) is not None)
        )

    def _by_itself(self, run: Run) -> bool:
        """Return whether a run with nobody beside it still reads as a person."""
        if run.follows("article") or run.follows("place_before") or self._dated(run):
            return False
        word = run.words[0]
        if len(run.words) > 1:
            return self._full_name(run)
        if run.opens:
            return name_or_word(word) and self._does_what_people_do(run)
        if name_or_word(word):
            return word.plain not in beside()["abstract"] and not run.follows("before_month")
        return surname(word) and word.plain not in ordinary() and not run.follows("before_month")

    def _full_name(self, run: Run) -> bool:
        named = name_or_word(run.words[0]) or surname(run.last)
        if run.opens:
            return named or run.leads_to("after")
        return named or not (run.follows("before_month"))

    def _does_what_people_do(self, run: Run) -> bool:
        if run.words[0].plain not in beside()["abstract"]:
            return run.leads_to("after")
        was = run.after is not None and run.after.plain in {"was", "is", "had", "has"}
        return was and run.later is not None and run.later.plain in beside()["passive"]

    def _dated(self, run: Run) -> bool:
        start = run.words[0].start
        return bool(
            DIGIT_BESIDE.search(self.text.folded, max(0, start - 8), start)
            or DIGIT_AFTER.match(self.text.folded, run.last.end)
        )
