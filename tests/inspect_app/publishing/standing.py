"""Three releases of the small content that stand in every way that a published one can."""

from dataclasses import replace
from datetime import date
from functools import partial

from data_model.vocabulary import ChangeKind
from inspect_app.publishing.content import EarlyReader, FileChange
from inspect_app.publishing.shelf import Due
from inspect_app.publishing.shelf_entries import Withdrawal
from tests.inspect_app.publishing.builders import content, mark


def three_releases() -> list[Due]:
    """A withdrawn release, one that was corrected, and the one that corrects it."""
    said = {each: content(protection=f"Counts under {each} are withheld.") for each in (1, 2, 3)}
    marks = {each: mark(of, each) for each, of in said.items()}
    marks[3] = replace(
        marks[3],
        corrects=2,
        change_kind=ChangeKind.CORRECTION,
        correction="One count was read wrongly.",
        correction_welsh="Darllenwyd un cyfrif yn anghywir.",
        changes=(FileChange("data/evidence_base.csv", 0, 0, 1),),
        approved_on=date(2026, 11, 20),
        early_readers=(EarlyReader("Aled Welsh", "The Inspectorate"),),
    )
    gone = {1: Withdrawal(date(2026, 12, 1), "A sentence named a place.", None)}
    return [
        Due(each, partial(marks.__getitem__, each), partial(said.__getitem__, each), gone.get(each))
        for each in said
    ]
