"""Words for numbers, and for the marks that stand where a number is not."""

from data_model.vocabulary.cases import AgeBand, Answer, Ethnicity, Sex
from data_model.vocabulary.word import Word


class Symbol(Word):
    """Marks that stand where a number is not; none of them is zero (methods: DfE's symbols).

    The standard has no mark of its own for too few to say: it is `u`, as unreliable figures are.
    """

    WITHHELD = "c", "Withheld to protect children", "Wedi'i atal i ddiogelu plant"
    NOT_AVAILABLE = "x", "Not available", "Ddim ar gael"
    NOT_APPLICABLE = "z", "Not applicable", "Amherthnasol"
    UNRELIABLE = (
        "u",
        "Low reliability, such as too few to say",
        "Dibynadwyedd isel, megis rhy ychydig i ddweud",
    )
    ROUNDS_TO_ZERO = "low", "Rounds to zero, but is not zero", "Yn talgrynnu i sero"
    BLANK = "blank", "Left blank by the source", "Wedi'i adael yn wag gan y ffynhonnell"


class Better(Word):
    """Which direction is better; counts that follow recording have none (B.4 36–39)."""

    HIGHER = "higher", "Higher is better", "Uwch yw gwell"
    LOWER = "lower", "Lower is better", "Is yw gwell"
    NEITHER = (
        "neither",
        "Neither direction is good news by itself",
        "Nid yw'r naill na'r llall yn well",
    )


class Breakdown(Word):
    """By what a figure is taken apart (recommendation 5, D.2, D.3, D.4)."""

    VICTIM_SEX = "victim_sex", "Sex of the child", "Rhyw'r plentyn"
    VICTIM_ETHNICITY = "victim_ethnicity", "Ethnicity of the child", "Ethnigrwydd y plentyn"
    VICTIM_DISABILITY = "victim_disability", "Disability of the child", "Anabledd y plentyn"
    PERPETRATOR_SEX = "perpetrator_sex", "Sex of the perpetrator", "Rhyw'r cyflawnwr"
    PERPETRATOR_ETHNICITY = (
        "perpetrator_ethnicity",
        "Ethnicity of the perpetrator",
        "Ethnigrwydd y cyflawnwr",
    )
    PERPETRATOR_DISABILITY = (
        "perpetrator_disability",
        "Disability of the perpetrator",
        "Anabledd y cyflawnwr",
    )
    CARE = "care", "Child in care", "Plentyn mewn gofal"
    AGE_BAND = "age_band", "Age of the child", "Oedran y plentyn"

    @property
    def categories(self) -> tuple[Word, ...]:
        """The parts a figure falls into, in the order they are shown; not recorded is the last."""
        return tuple(CATEGORIES[self])


CATEGORIES: dict[Breakdown, type[Word]] = {
    Breakdown.VICTIM_SEX: Sex,
    Breakdown.VICTIM_ETHNICITY: Ethnicity,
    Breakdown.VICTIM_DISABILITY: Answer,
    Breakdown.PERPETRATOR_SEX: Sex,
    Breakdown.PERPETRATOR_ETHNICITY: Ethnicity,
    Breakdown.PERPETRATOR_DISABILITY: Answer,
    Breakdown.CARE: Answer,
    Breakdown.AGE_BAND: AgeBand,
}


class Part(Word):
    """The two numbers of a figure that stands beside what it is out of."""

    NUMERATOR = "numerator", "Number", "Nifer"
    DENOMINATOR = "denominator", "Out of", "Allan o"
