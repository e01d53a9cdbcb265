"""The figures of an indicator as a line, with its words: what a reader who cannot see it hears."""

from collections.abc import Sequence

from markupsafe import Markup

from inspect_app.publishing import words
from inspect_app.publishing.area_view import FigureTable, shown_value
from inspect_app.publishing.content import PublishedFigure
from inspect_app.publishing.language import Language
from inspect_app.publishing.marking import later, later_count
from inspect_app.publishing.small_chart import small_chart

FEWEST = 3
"""Two figures are read faster than drawn."""

FIGURES = later_count("%(count)s figure", "%(count)s figures")
SPAN = later("%(title)s: %(figures)s, from %(first)s (%(low)s) to %(last)s (%(high)s).")
BREAKS = later_count(
    "Nothing compares across %(count)s break.", "Nothing compares across %(count)s breaks."
)
GAPS = later_count("%(count)s value is missing.", "%(count)s values are missing.")


def series_chart(table: FigureTable, language: Language) -> Markup | None:
    """Return a drawing of a table's figures in their order, or None where there are too few."""
    values = _values(table)
    known = [at for at, value in enumerate(values) if value is not None]
    if len(known) < FEWEST:
        return None
    breaks = [at for at, figure in enumerate(table.figures) if figure.breaks and at]
    frame, drawn = small_chart(values, breaks, height=80).split(">", 1)
    held = Markup('{} class="series" role="img"><title>{}</title>{}')
    said = _said(table, known, len(breaks), language)
    return held.format(Markup(frame), said, Markup(drawn))  # noqa: S704 - a drawing of ours


def _values(table: FigureTable) -> list[float | None]:
    if table.has_value:
        return [figure.value for figure in table.figures]
    counts = (figure.numerator for figure in table.figures)
    return [count if isinstance(count, int) else None for count in counts]


def _said(table: FigureTable, known: Sequence[int], breaks: int, language: Language) -> str:
    first, last = (table.figures[at] for at in (known[0], known[-1]))
    said = [
        language.say(
            SPAN,
            title=language.word(table.title),
            figures=language.count(FIGURES, len(table.figures)),
            first=language.period_text(first.period),
            low=_shown(first, language),
            last=language.period_text(last.period),
            high=_shown(last, language),
        )
    ]
    missing = len(table.figures) - len(known)
    for forms, count in ((BREAKS, breaks), (GAPS, missing)):
        said += [language.count(forms, count)] if count else []
    return " ".join(said)


def _shown(figure: PublishedFigure, language: Language) -> str:
    if figure.value is not None:
        return shown_value(figure, language)
    return words.number(figure.numerator, language)
