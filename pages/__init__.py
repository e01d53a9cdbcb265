"""The pages, in the order of the menu."""

from inspect_app.ui.page import Page
from pages.area import area
from pages.case_review import case_review
from pages.claims import claims
from pages.compare import compare
from pages.home import home
from pages.indicators import indicators
from pages.inspections import inspections
from pages.moderation import moderation
from pages.people import people
from pages.progress import progress
from pages.recommendations import recommendations
from pages.releases import releases
from pages.returns import returns
from pages.sample import sample_page
from pages.scorecard import scorecard
from pages.trail import trail
from pages.upload import upload

PAGES: tuple[Page, ...] = (
    home,
    inspections,
    sample_page,
    case_review,
    upload,
    moderation,
    claims,
    recommendations,
    progress,
    scorecard,
    compare,
    area,
    returns,
    indicators,
    releases,
    people,
    trail,
)
