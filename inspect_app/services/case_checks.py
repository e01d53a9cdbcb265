"""What still stands between a case and its submission, in the order of the form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from data_model.forms import CaseForm, FindingForm, Form
from data_model.protocols import (
    FIELDS,
    LINE_MAY_BE_EMPTY,
    WELSH_EPISODES,
    WHEN,
    Protocol,
    Section,
    asked,
)
from data_model.vocabulary import HarmCategory, Nation, Perpetrators

LINES = ("perpetrators", "episodes", "disruptions")


@dataclass(frozen=True)
class Outstanding:
    """One thing that stands in the way, and the section of the form it is in."""

    section: Section
    says: str


@dataclass(frozen=True)
class Rules:
    """What a case is checked against: its exercise, its nation's rules, its themes in scope."""

    protocol: Protocol
    nation: Nation
    themes: Mapping[str, str]


def outstanding(form: CaseForm, rules: Rules) -> tuple[Outstanding, ...]:
    """Return everything that stands in the way of submitting a case."""
    return tuple(
        Outstanding(section, says)
        for section in rules.protocol.sections_for(form.kind)
        for says in CHECKS.get(section, _unentered)(form, section, rules)
    )


def unsettled(
    findings: Sequence[FindingForm], themes: Mapping[str, str]
) -> tuple[Outstanding, ...]:
    """Return what is missing of findings: a grade with a reason, or why there is none."""
    given = {finding.theme: finding for finding in findings}
    open_themes = [name for code, name in themes.items() if not _settled(given.get(code))]
    vague = [
        f"{themes[finding.theme]}: evidence pointer {place} does not say what kind of record it is"
        for finding in findings
        if finding.theme in themes
        for place, pointer in enumerate(finding.pointers, start=1)
        if pointer.document is None and (pointer.dated or pointer.locator)
    ]
    names = ", ".join(open_themes)
    said = [f"neither graded with a reason, nor given a reason why not: {names}"] if names else []
    return tuple(Outstanding(Section.FINDINGS, says) for says in (*said, *vague))


def section_of(path: str) -> Section:
    """Return the section of the form in which a field stands; a theme's stand in the findings."""
    field = path.split(".")[0]
    return next((s for s, fields in FIELDS.items() if field in fields), Section.FINDINGS)


def harm_unconfirmed(form: CaseForm) -> bool:
    """Whether signs of harm stand beside “at risk” and nobody has said why (F.3 12–14)."""
    risk_only = form.harm_category is HarmCategory.AT_RISK
    return risk_only and bool(form.harm_indicators) and not form.harm_confirmed_reason


def _unentered(form: CaseForm, section: Section, rules: Rules) -> Iterator[str]:
    held = dict(form)
    missing = [
        _title(CaseForm, name)
        for name in FIELDS[section]
        if held[name] in (None, ()) and rules.protocol.needs(name, held)
    ]
    if missing:
        yield f"not entered yet: {', '.join(missing)}"
    yield from _against_the_answer(CaseForm, held, FIELDS[section])
    for name in LINES:
        if name in FIELDS[section] and asked(name, held):
            yield from _lines(name, held[name], rules.nation)


def _lines(name: str, lines: tuple[Form, ...], nation: Nation) -> Iterator[str]:
    """Each line says everything that its own answers ask for."""
    for place, line in enumerate(filter(entered, lines), start=1):
        held = dict(line)
        missing = [
            _title(type(line), field)
            for field, value in held.items()
            if value in (None, ())
            and field not in LINE_MAY_BE_EMPTY
            and asked(field, held)
            and not (field == "interview_offered" and not interview_expected(nation, place))
        ]
        where = f"{_title(CaseForm, name)}, line {place}"
        if missing:
            yield f"{where}: not entered yet: {', '.join(missing)}"
        against = _against_the_answer(type(line), held, list(held))
        yield from (f"{where}: {said}" for said in against)


def _against_the_answer(
    form: type[Form], held: Mapping[str, object], names: Sequence[str]
) -> Iterator[str]:
    """What is entered although the answer it hangs on says otherwise: one of them is wrong."""
    for name in names:
        if entered(held[name]) and not asked(name, held):
            other = _title(form, WHEN[name][0])
            yield f"“{_title(form, name)}” is entered against the answer to “{other}”: mend one"


def entered(value: object) -> bool:
    """Whether something stands in a field: a list of empty lines is nothing."""
    if isinstance(value, tuple | list):
        return any(entered(line) for line in value)
    if isinstance(value, Form):
        return any(entered(held) for _name, held in value)
    if isinstance(value, dict):
        return any(entered(held) for held in value.values())
    return value not in (None, "")


def interview_expected(nation: Nation, episode: int) -> bool:
    """Return whether a return home interview is expected after a child's n-th episode (G.5 25)."""
    return nation is Nation.ENGLAND or episode >= WELSH_EPISODES


def _harm(form: CaseForm, section: Section, rules: Rules) -> Iterator[str]:
    yield from _unentered(form, section, rules)
    if harm_unconfirmed(form):
        yield (
            "signs of harm are recorded and the category is “at risk”: "
            "correct the category, or confirm it with a reason (recommendation 4)"
        )


def _perpetrators(form: CaseForm, section: Section, rules: Rules) -> Iterator[str]:
    yield from _unentered(form, section, rules)
    known = form.perpetrator_count
    lines = sum(any(value is not None for _name, value in line) for line in form.perpetrators)
    if form.perpetrators_known is Perpetrators.KNOWN and known and lines and known != lines:
        yield (
            f"{known} perpetrators are counted and {lines} described: describe each, "
            "“not recorded” where the agency did not say"
        )


def _questions(form: CaseForm, _section: Section, rules: Rules) -> Iterator[str]:
    given = {answer.question for answer in form.answers if answer.answer is not None}
    open_ones = [q.text for q in rules.protocol.questions if q.code not in given]
    if open_ones:
        yield "not answered yet: " + " ".join(open_ones)


def _findings(form: CaseForm, _section: Section, rules: Rules) -> Iterator[str]:
    yield from (one.says for one in unsettled(form.findings, rules.themes))


CHECKS = {
    Section.HARM: _harm,
    Section.PERPETRATORS: _perpetrators,
    Section.QUESTIONS: _questions,
    Section.FINDINGS: _findings,
}


def _settled(finding: FindingForm | None) -> bool:
    if finding is None:
        return False
    return finding.not_graded is not None or bool(finding.grade and finding.reason)


def _title(form: type[Form], name: str) -> str:
    return (form.model_fields[name].title or name).lower()
