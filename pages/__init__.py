"""The pages, in the order of the menu."""

from inspect_app.ui.page import Page
from pages.area import area
from pages.case_review import case_review
from pages.home import home
from pages.inspections import inspections
from pages.recommendations import recommendations
from pages.releases import releases
from pages.scorecard import scorecard
from pages.trail import trail

PAGES: tuple[Page, ...] = (
    home,
    inspections,
    case_review,
    recommendations,
    scorecard,
    area,
    releases,
    trail,
)
