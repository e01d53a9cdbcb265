"""The list of inspections: find one by its words, its area, or where its evidence comes from."""

from dataclasses import dataclass
from enum import StrEnum

import streamlit as st

from inspect_app.services.inspection_values import InspectionValue
from inspect_app.ui.links import link
from inspect_app.ui.markup import show, tag

ON_A_PAGE = 20


class Where(StrEnum):
    """Where an inspection's evidence comes from."""

    ANYWHERE = "All"
    HERE = "Recorded here"
    PUBLISHED = "Entered from a publication"


@dataclass(frozen=True)
class Asked:
    """What somebody looks for."""

    words: str
    area: str | None
    where: Where

    def finds(self, held: InspectionValue) -> bool:
        """Whether an inspection is looked for."""
        text = " ".join((held.title, held.code, held.area.label, *held.inspecting, *held.inspected))
        named = all(word in text.lower() for word in self.words.lower().split())
        there = self.area is None or self.area in {held.area.code, *held.area_codes}
        here = self.where is Where.HERE
        return named and there and (self.where is Where.ANYWHERE or held.recorded_here is here)


def draw(listed: list[InspectionValue]) -> None:
    """Draw what is looked for and, page by page, what is found; cases being read come first."""
    asked = _ask(listed)
    found = [held for held in listed if asked.finds(held)]
    if not found:
        st.info("No inspection fits. Use fewer words, or choose another area or “All”.")
        return
    pages = -(-len(found) // ON_A_PAGE)
    st.caption(f"{len(found)} found, of {len(listed)} that you may see.")
    place = st.empty()
    number = 1
    if pages > 1:
        number = st.pagination(pages, key=f"page-of-{pages}")
    with place.container(gap="xsmall"):
        for held in found[(number - 1) * ON_A_PAGE : number * ON_A_PAGE]:
            _line(held)


def _ask(listed: list[InspectionValue]) -> Asked:
    areas = {held.area.code: held.area.label for held in listed}
    offered: list[Where] = list(Where)
    words, area, where = st.columns([3, 2, 4], vertical_alignment="bottom")
    return Asked(
        words.text_input("Search", key="search", type="search", persist_state="session"),
        area.selectbox(
            "Area",
            sorted(areas, key=areas.__getitem__),
            index=None,
            format_func=areas.__getitem__,
            placeholder="All areas",
            key="area",
            persist_state="session",
        ),
        where.radio("Evidence", offered, key="evidence", horizontal=True, persist_state="session"),
    )


def _line(held: InspectionValue) -> None:
    link(held.title, "inspections", inspection=held.code)
    said = " · ".join((held.kind.english, held.area.label, held.period, ", ".join(held.inspecting)))
    show(tag("p", tag("span", held.status.english, css="mark"), " ", said, css="small"))
