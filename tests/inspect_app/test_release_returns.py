"""Published returns in a release: small lines are withheld with what would give them away."""

import csv
from io import BytesIO
from pathlib import Path

import pytest
from openpyxl import load_workbook

from inspect_app.services import release, returns
from inspect_app.services.release import Scope
from inspect_app.services.release_texts import FreeText
from tests.inspect_app.test_returns import (
    APPROVER,
    AREA,
    PLACES,
    PUBLISHER,
    SENDER,
    WHY,
    filled,
    held,
    sent,
)
from tests.support.recommending import SignIn

NOTE = "Counted by the new service."
QUARTER = "April to June 2026"
KNOWN, AT_RISK = "cse-children-known", "cse-children-at-risk"
HARMED, BOTH = "cse-children-experienced", "cse-children-experienced-at-risk"


def published(signed_in: SignIn, **numbers: tuple[int, int | None]) -> None:
    """Send the council's return of a quarter, have it approved, and publish it."""
    data = filled(signed_in, {name.replace("_", "-"): said for name, said in numbers.items()})
    came = returns.send("return.xlsx", noted(data), by=signed_in(SENDER))
    assert came.held is not None
    for each in held(signed_in).open:
        returns.explain(came.held, each.key, WHY, by=signed_in(SENDER))
    returns.approve(came.held, by=signed_in(APPROVER))
    returns.publish(came.held, by=signed_in(PUBLISHER))


def noted(data: bytes) -> bytes:
    """Return a return with a note beside every line."""
    book = load_workbook(BytesIO(data))
    for line in range(2, book["Return"].max_row + 1):
        book["Return"].cell(line, PLACES["note"]).value = NOTE
    out = BytesIO()
    book.save(out)
    return out.getvalue()


def released(signed_in: SignIn, folder: Path) -> dict[str, dict[str, str]]:
    """Return the figures of the quarter in a release of the area, by indicator."""
    release.make(Scope(area=AREA), folder, by=signed_in(PUBLISHER))
    with (folder / "data" / "indicators.csv").open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["period"] == QUARTER]
    return {row["indicator"]: row for row in rows}


def test_a_release_withholds_small_lines_of_a_return_and_their_sum(
    signed_in: SignIn, tmp_path: Path
) -> None:
    published(
        signed_in,
        cse_children_known=(62, None),
        cse_children_at_risk=(1, 62),
        cse_children_experienced=(40, 62),
        cse_children_experienced_at_risk=(21, 62),
        disabled_share=(61, 62),
        male_share=(9, 62),
        tracker_added=(2, None),
        cse_referrals=(30, None),
    )
    rows = released(signed_in, tmp_path / "release")
    assert {code: row["numerator"] for code, row in rows.items() if row["numerator"] != "x"} == {
        KNOWN: "62",
        AT_RISK: "c",
        HARMED: "c",
        BOTH: "c",
        "disabled-share": "c",
        "male-share": "9",
        "tracker-added": "c",
        "cse-referrals": "30",
    }
    hidden = [row for row in rows.values() if row["numerator"] == "c"]
    assert {row["value"] for row in hidden} == {"c"}
    assert not {row["denominator"] for row in hidden} & {"1", "2", "61", "62"}
    assert {row["note"] for row in hidden} == {"z"}
    assert {row["note"] for row in rows.values() if row not in hidden} == {NOTE}
    numbers = {row[name] for row in rows.values() for name in ("numerator", "denominator")}
    assert not numbers & {"1", "2"}
    pages = "".join(f.read_text("utf-8") for f in (tmp_path / "release").rglob("about.html"))
    assert "and in every published quarterly return, counts of 1 to 2 are withheld" in pages


def test_the_publisher_sees_what_is_withheld_and_reads_the_notes_beside_the_rest(
    signed_in: SignIn,
) -> None:
    scope = Scope(area=AREA)
    before = release.preview(scope, by=signed_in(PUBLISHER))
    published(signed_in, cse_referrals=(2, None), looked_after=(500, None))
    after = release.preview(scope, by=signed_in(PUBLISHER))
    assert after.withheld == before.withheld + 1
    texts = [each for each in after.texts if each not in before.texts]
    assert FreeText(AREA, f"Children in care, {QUARTER}", NOTE) in texts
    assert not [text for text in texts if text.what.startswith("Referrals")]


@pytest.mark.parametrize("number", [1, 7])
def test_an_approved_return_that_is_not_published_is_in_no_release(
    signed_in: SignIn, tmp_path: Path, number: int
) -> None:
    came = sent(signed_in, cse_referrals=(number, None))
    assert came.held is not None
    for each in held(signed_in).open:
        returns.explain(came.held, each.key, WHY, by=signed_in(SENDER))
    returns.approve(came.held, by=signed_in(APPROVER))
    assert released(signed_in, tmp_path / "release") == {}
