"""What the shelf says of a release, in English and in Welsh."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date

from data_model.vocabulary import ReleaseStatus
from inspect_app.publishing.content import FileChange
from inspect_app.publishing.shelf_entries import Entry
from inspect_app.publishing.words import day

NOT_TRANSLATED = "(heb ei gyfieithu eto)"


@dataclass(frozen=True)
class Words:
    """The sentences of the shelf in one language."""

    lang: str
    label: str
    releases: str
    none_yet: str
    columns: tuple[str, ...]
    changed: str
    change_columns: tuple[str, ...]
    open_it: str
    all_releases: str
    newest: str
    release: Callable[[Entry], str]
    standing: Callable[[Entry], str]
    reason: Callable[[Entry], str]
    gone: Callable[[Entry], str]
    published: Callable[[Entry], str]
    replaces: Callable[[Entry], str]
    hashes: Callable[[Entry], tuple[str, ...]]


def _standing(entry: Entry) -> str:
    if entry.withdrawal:
        return f"Withdrawn on {day(entry.withdrawal.withdrawn_on)}"
    if entry.corrected_by:
        return f"{ReleaseStatus.CORRECTED.english}: release {entry.corrected_by}"
    return ReleaseStatus.PUBLISHED.english


def _standing_welsh(entry: Entry) -> str:
    if entry.withdrawal:
        return f"Tynnwyd yn ôl ar {_day_welsh(entry.withdrawal.withdrawn_on)}"
    if entry.corrected_by:
        return f"{ReleaseStatus.CORRECTED.welsh}: datganiad {entry.corrected_by}"
    return ReleaseStatus.PUBLISHED.welsh


def _reason(entry: Entry) -> str:
    return entry.withdrawal.why if entry.withdrawal else ""


def _reason_welsh(entry: Entry) -> str:
    return _welsh(entry.withdrawal.why_welsh, entry.withdrawal.why) if entry.withdrawal else ""


def _replaces(entry: Entry) -> str:
    kind = entry.change_kind.english if entry.change_kind else ""
    return f"It takes the place of release {entry.corrects}. {kind}. {entry.correction}"


def _replaces_welsh(entry: Entry) -> str:
    kind = entry.change_kind.welsh if entry.change_kind else ""
    why = _welsh(entry.correction_welsh, entry.correction or "")
    return f"Mae'n cymryd lle datganiad {entry.corrects}. {kind}. {why}"


def _welsh(text: str | None, english: str) -> str:
    return text or f"{english} {NOT_TRANSLATED}"


def _day_welsh(on: date) -> str:
    return f"{on.day}/{on.month}/{on.year}"


def _hashes(entry: Entry) -> tuple[str, ...]:
    return (
        f"Content hash: {entry.content_hash}",
        f"Hash of its manifest: {entry.manifest_sha256 or 'it was never on this shelf'}",
        f"Head of the audit trail: {entry.trail_head}",
        f"Hash of the release before it: {entry.previous_hash or 'it is the first'}",
    )


def _hashes_welsh(entry: Entry) -> tuple[str, ...]:
    return (
        f"Hash y cynnwys: {entry.content_hash}",
        f"Hash ei faniffest: {entry.manifest_sha256 or 'ni fu erioed ar y silff hon'}",
        f"Pen y llwybr archwilio: {entry.trail_head}",
        f"Hash y datganiad o'i flaen: {entry.previous_hash or 'hwn yw’r cyntaf'}",
    )


ENGLISH = Words(
    "en",
    "English",
    "Releases",
    "Nothing has been published yet.",
    ("Release", "Date", "Covers", "Standing"),
    "What changed",
    ("File", "Rows added", "Rows removed", "Rows changed"),
    "Open this release",
    "All releases",
    "The newest release",
    lambda entry: f"Release {entry.number}",
    _standing,
    _reason,
    lambda entry: f"Release {entry.number} was withdrawn. Its files are no longer published.",
    lambda entry: f"Published on {day(entry.made_on)}. Covers: {entry.covers}.",
    _replaces,
    _hashes,
)
WELSH = Words(
    "cy",
    "Cymraeg",
    "Datganiadau",
    "Nid oes dim wedi'i gyhoeddi eto.",
    ("Datganiad", "Dyddiad", "Cwmpas", "Statws"),
    "Yr hyn a newidiodd",
    ("Ffeil", "Rhesi a ychwanegwyd", "Rhesi a dynnwyd", "Rhesi a newidiwyd"),
    "Agor y datganiad hwn",
    "Pob datganiad",
    "Y datganiad diweddaraf",
    lambda entry: f"Datganiad {entry.number}",
    _standing_welsh,
    _reason_welsh,
    lambda entry: (
        f"Tynnwyd datganiad {entry.number} yn ôl. Nid yw ei ffeiliau'n cael eu cyhoeddi mwyach."
    ),
    lambda entry: f"Cyhoeddwyd ar {_day_welsh(entry.made_on)}. Cwmpas: {entry.covers}.",
    _replaces_welsh,
    _hashes_welsh,
)
LANGUAGES = (ENGLISH, WELSH)
DAYS: Mapping[str, Callable[[date], str]] = {"en": day, "cy": _day_welsh}


def cells(change: FileChange) -> tuple[str, str, str]:
    """Return the numbers of a change as they stand in a row."""
    return f"{change.added:,}", f"{change.removed:,}", f"{change.changed:,}"
