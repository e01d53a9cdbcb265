"""What a board has to deal with: contradictions, what is overdue, questions, its own decisions."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from data_model.vocabulary import Severity, Verdict
from inspect_app.services import recommendation_list
from inspect_app.services.boards import AnswerValue, DecisionValue
from inspect_app.services.checks import Found, Question
from inspect_app.services.recommendation_list import AnswerLine, Wanted
from inspect_app.services.recommendation_stands import Stands
from inspect_app.signed_in import SignedIn
from metrics.checks import evidence, figures
from metrics.indicator import Quarter

CONTRADICTIONS = tuple(
    check.code
    for check in (
        evidence.FINDINGS_CONTRADICT,
        evidence.CLAIM_AGAINST_GRADES,
        evidence.JUDGEMENT_ABOVE_GRADES,
        evidence.CLAIM_BESIDE_JUDGEMENT,
        figures.FLAGS_DO_NOT_RECONCILE,
    )
)
"""Checks that hold two accounts of the same thing against each other and find that both cannot
be taken as they stand. Praise without any graded case, or a count that follows a change of
recording, contradicts nothing: it is only unsupported, and is asked about with the questions."""

WATCHED = (Stands.LATE, Stands.OVERDUE, Stands.SENT_BACK, Stands.CLAIMED, Stands.REGRESSED)
NOTHING_KEPT = "Nothing is known to be due: no recommendation about this area is kept."
NONE_DECIDED = "No decision of the board on these figures that you may see is recorded."


@dataclass(frozen=True)
class Contradiction:
    """Two accounts of the same thing: what the check asks, what it found, what was answered."""

    question: Question
    found: Found
    answer: AnswerValue | None


@dataclass(frozen=True)
class Contradictions:
    """What is contradicted; `said` sums up the checks, and `looked` has each as it came out."""

    found: tuple[Contradiction, ...]
    said: str
    looked: tuple[Question, ...]


def contradictions(
    questions: Sequence[Question], answers: Mapping[str, AnswerValue]
) -> Contradictions:
    """Return what the checks of contradiction found, those between two bodies first."""
    held = {question.check: question for question in questions}
    looked = tuple(held[code] for code in CONTRADICTIONS)
    found = tuple(
        Contradiction(question, each, answers.get(each.key))
        for question in looked
        for each in question.found
    )
    return Contradictions(found, _summed(looked), looked)


def _summed(looked: Sequence[Question]) -> str:
    """Return how many checks found something, nothing, or could not be made."""
    verdicts = [question.verdict for question in looked]
    found, nothing = verdicts.count(Verdict.FOUND), verdicts.count(Verdict.NOTHING)
    unseen = verdicts.count(Verdict.NOT_CHECKED)
    if unseen == len(looked):
        return f"Could not be checked: none of {len(looked)} checks had two accounts to compare."
    return (
        f"{'' if found else 'Nothing is contradicted in what could be looked at. '}"
        f"Of {len(looked)} checks, {found} found something and {nothing} found nothing; "
        f"{unseen} could not be made, which is no pass."
    )


@dataclass(frozen=True)
class Late:
    """The answers to recommendations that wait in one way."""

    stands: Stands
    answers: tuple[AnswerLine, ...]


@dataclass(frozen=True)
class Overdue:
    """What is overdue: answers to recommendations, of so many `listed`, and the board's actions.

    `said` says what was looked at.
    """

    late: tuple[Late, ...]
    listed: int
    actions: tuple[DecisionValue, ...]
    said: str


def overdue(area: str, decisions: Sequence[DecisionValue], *, by: SignedIn) -> Overdue:
    """Return what is overdue about an area, by its code, on the person's day."""
    wanted = Wanted(area=area)
    numbers = recommendation_list.counts(wanted, by=by)
    late = tuple(
        Late(stands, recommendation_list.every(replace(wanted, stands=stands), by=by))
        for stands in WATCHED
        if numbers[stands]
    )
    actions = tuple(each for each in decisions if each.overdue_on(by.today))
    return Overdue(late, numbers[Stands.ALL], actions, _due(numbers[Stands.ALL], late))


def _due(listed: int, late: Sequence[Late]) -> str:
    if not listed:
        return NOTHING_KEPT
    return f"Looked at: {listed} answers." if late else f"None of {listed} answers is overdue."


@dataclass(frozen=True)
class Raised:
    """One question to ask, and the checks that found what raises it, gravest first."""

    asks: str
    checks: tuple[Question, ...]

    @property
    def severity(self) -> Severity:
        """How grave the gravest of them is."""
        return self.checks[0].severity

    @property
    def found(self) -> tuple[Found, ...]:
        """Everything that they found, of the gravest check first."""
        return tuple(found for check in self.checks for found in check.found)

    @property
    def titles(self) -> str:
        """What the checks are called."""
        return "; ".join(check.title for check in self.checks)

    @property
    def in_words(self) -> str:
        """What each of them looked at and what came of it."""
        return " ".join(check.in_words for check in self.checks)

    @property
    def why(self) -> tuple[str, ...]:
        """Why each matters, with the paragraph that says so."""
        return tuple(f"{check.why} ({check.source})" for check in self.checks)


@dataclass(frozen=True)
class Asked:
    """What a board should ask: every check as it came out, and the newest answer by what it is to.

    `said` stands where no check found anything, and is empty otherwise.
    """

    questions: tuple[Question, ...]
    answers: Mapping[str, AnswerValue]
    said: str

    def of(self, verdict: Verdict) -> tuple[Question, ...]:
        """Return the checks that came out in one way."""
        return tuple(each for each in self.questions if each.verdict is verdict)

    @property
    def raised(self) -> tuple[Raised, ...]:
        """The questions that what was found raises, each once, gravest first."""
        raised: dict[str, list[Question]] = {}
        for question in self.of(Verdict.FOUND):
            raised.setdefault(question.asks, []).append(question)
        return tuple(Raised(asks, tuple(checks)) for asks, checks in raised.items())


def asked(questions: tuple[Question, ...], answers: Mapping[str, AnswerValue]) -> Asked:
    """Return the questions with their answers in writing."""
    found = any(question.found for question in questions)
    return Asked(questions, answers, "" if found else _none_found(questions))


def _none_found(questions: Sequence[Question]) -> str:
    unseen = sum(question.verdict is Verdict.NOT_CHECKED for question in questions)
    if unseen == len(questions):
        return f"None of {unseen} checks could be made of what you may see here."
    return (
        "No check found anything in what you may see here. "
        f"Of {len(questions)}, {unseen} could not be made, which is no pass."
    )


@dataclass(frozen=True)
class Decided:
    """A board's decisions: of this quarter and the last, or still open; and older ones, done.

    `said` says that there is none, or how many were made on later quarters' figures.
    """

    shown: tuple[DecisionValue, ...]
    older: tuple[DecisionValue, ...]
    said: str


def decided(held: Sequence[DecisionValue], quarter: Quarter | None) -> Decided:
    """Sort decisions by what a board sees again in a quarter; the newest are first in both."""
    until = [each for each in held if quarter is None or each.quarter <= str(quarter)]
    shown = tuple(each for each in until if _again(each, quarter))
    later = len(held) - len(until)
    said = f"On figures of later quarters: {later}." if later else ""
    return Decided(
        shown,
        tuple(each for each in until if each not in shown),
        said if held else NONE_DECIDED,
    )


def _again(decision: DecisionValue, quarter: Quarter | None) -> bool:
    recent = quarter is None or decision.quarter >= str(quarter.before)
    return recent or decision.outcome is None
