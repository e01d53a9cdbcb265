"""What a release says, as values: protected already, without case references, ready to write."""

from dataclasses import dataclass
from datetime import date

from data_model.vocabulary import Better, ChangeKind, Symbol

Number = int | Symbol
"""A published number, or the mark that stands where there is none; a mark is never zero."""


@dataclass(frozen=True)
class EvidenceRow:
    """One count of an evidence base; the columns of `evidence_base.csv`, in their order.

    `theme` is a theme code or `all`; `grade` a grade code, several with `|` between them,
    `all`, `not graded`, `not published` or `not stated`. Bodies are joined with `; `.
    """

    inspection: str
    inspecting_body: str
    inspected_body: str
    area_code: str
    area_name: str
    period_start: date | None
    period_end: date | None
    case_kind: str
    theme: str
    grade: str
    cases: Number
    cases_read: Number
    basis: str
    source: str


@dataclass(frozen=True)
class NotGradedReason:
    """How many cases have no grade under a theme for one reason, in words."""

    theme: str
    reason: str
    cases: Number


@dataclass(frozen=True)
class Quotation:
    """Words of a source, with where they stand."""

    text: str
    direction: str | None
    paragraph: str | None
    evidence_id: str | None
    comment: str | None


@dataclass(frozen=True)
class PublishedJudgement:
    """A judgement on the whole service, in the words of its own scale."""

    topic: str
    grade: str
    grade_name: str
    quotation: str | None
    paragraph: str | None


@dataclass(frozen=True)
class PublishedClaim:
    """A sentence of an inspection's narrative, and what stands behind it.

    `direction` is positive, negative or mixed. `themes` and `indicators` are the codes of what it
    is linked to; `standing` is the code of a `ClaimStanding`, and `says` puts it in words with the
    numbers that may be shown: “supported (9 cases: 1/2/6)”. `answer` is what the publisher wrote
    where nothing supports a positive claim. A Welsh text of None is not yet translated.
    """

    code: str
    text: str
    text_welsh: str | None
    direction: str
    themes: tuple[str, ...]
    indicators: tuple[str, ...]
    standing: str
    says: str
    says_welsh: str
    answer: str | None = None
    answer_welsh: str | None = None


@dataclass(frozen=True)
class OwnerStanding:
    """Where one body stands with a recommendation, in plain words; None where nobody follows it.

    `label` and `label_welsh` say it in one line; `slips` counts how often the date was put back.
    """

    body: str
    label: str
    label_welsh: str
    response: str | None = None
    delivery: str | None = None
    assurance: str | None = None
    original_due_on: date | None = None
    slips: int | None = None
    claimed_on: date | None = None
    shown_on: date | None = None
    closed_on: date | None = None
    responded_on: date | None = None
    response_text: str | None = None
    response_text_welsh: str | None = None


@dataclass(frozen=True)
class PublishedRecommendation:
    """A recommendation and where it stands with every body it is addressed to."""

    code: str
    title: str
    text: str
    kind: str
    inspection: str | None
    area_code: str | None
    themes: tuple[str, ...]
    made_on: date
    response_due_on: date | None
    findings: Number
    source: str
    paragraph: str | None
    repeats: tuple[str, ...]
    owners: tuple[OwnerStanding, ...]
    invented: bool
    title_welsh: str | None = None
    text_welsh: str | None = None


@dataclass(frozen=True)
class PublishedInspection:
    """One inspection's evidence base: who read whose practice, how many cases, how graded.

    `kind`, `framework`, `scale` and `sampling` are English words; `basis` holds the four
    kinds of evidence base as `evidence_base.csv` names them.
    """

    code: str
    title: str
    kind: str
    framework: str
    scale: str
    grade_names: tuple[tuple[str, str], ...]
    area_code: str
    area_name: str
    area_codes: tuple[str, ...]
    inspecting: tuple[str, ...]
    inspected: tuple[str, ...]
    period: str
    period_start: date | None
    period_end: date | None
    published_on: date | None
    sampling: str
    cases_available: Number
    cases_read: tuple[tuple[str, Number], ...]
    basis: tuple[str, ...]
    themes: tuple[tuple[str, str], ...]
    without_a_grade: tuple[str, ...]
    not_graded: tuple[NotGradedReason, ...]
    summary: str | None
    note: str | None
    source: str
    whole_force: bool
    invented: bool
    evidence: tuple[EvidenceRow, ...]
    quotations: tuple[Quotation, ...]
    statements: tuple[Quotation, ...]
    judgements: tuple[PublishedJudgement, ...]
    recommendations: tuple[str, ...]
    claims: tuple[PublishedClaim, ...] = ()
    title_welsh: str | None = None
    summary_welsh: str | None = None


@dataclass(frozen=True)
class PublishedFigure:
    """One figure of an indicator; the columns of `indicators.csv`, in their order."""

    indicator: str
    title: str
    area_code: str
    area_name: str
    period_start: date | None
    period_end: date | None
    period: str
    numerator: Number
    denominator: Number
    value: float | None
    value_high: float | None
    unit: str
    low: float | None
    high: float | None
    interval: str
    comparator: str
    better: Better
    breaks: bool
    subject: str
    numerator_means: str
    denominator_means: str
    note: str
    source: str


@dataclass(frozen=True)
class PublishedArea:
    """An area with a page of its own: its inspections, figures and recommendations, by code.

    `old_code` is the three-digit code that the Department for Education gives an authority.
    """

    code: str
    name: str
    name_welsh: str | None
    kind: str
    nation: str
    region_code: str | None
    region_name: str | None
    force_code: str | None
    force_name: str | None
    started_on: date | None
    ended_on: date | None
    predecessors: tuple[str, ...]
    successors: tuple[str, ...]
    invented: bool
    inspections: tuple[str, ...]
    recommendations: tuple[str, ...]
    figures: tuple[PublishedFigure, ...]
    old_code: str | None = None


@dataclass(frozen=True)
class ReleaseContent:
    """Everything a release says but its number and date; equal content is the same release."""

    scope: str
    areas: tuple[PublishedArea, ...]
    inspections: tuple[PublishedInspection, ...]
    recommendations: tuple[PublishedRecommendation, ...]
    themes: tuple[tuple[str, str], ...]
    protection: str
    attributions: tuple[str, ...]


@dataclass(frozen=True)
class FileChange:
    """How many rows of a data file a later release added, removed and changed.

    Of `data/release.json` a row is one inspection, recommendation or place.
    """

    path: str
    added: int
    removed: int
    changed: int


@dataclass(frozen=True)
class EarlyReader:
    """Somebody who could see the release before it was published, and for whom they work."""

    name: str
    organisation: str


@dataclass(frozen=True)
class ReleaseMark:
    """What makes a release this one: number, date, and what it follows on from.

    `draft` is true of a copy that nobody has approved: its number and date are not its own yet.
    `covers` is the scope of its content. `corrects` is the number of the release that it takes
    the place of, `change_kind` whether that is a revision or a correction, `correction` says
    why, and `changes` what changed. `early_readers` could see it before it was published, as
    the Code of Practice for Statistics asks to be said.
    """

    number: int
    made_on: date
    content_hash: str
    trail_head: str
    previous_hash: str | None
    corrects: int | None = None
    correction: str | None = None
    correction_welsh: str | None = None
    change_kind: ChangeKind | None = None
    changes: tuple[FileChange, ...] = ()
    covers: str = ""
    draft: bool = False
    approved_on: date | None = None
    early_readers: tuple[EarlyReader, ...] = ()
