"""Words for numbers, and for the marks that stand where a number is not."""

from data_model.vocabulary.word import Word


class Symbol(Word):
    """Marks that stand where a number is not; none of them is zero (methods: DfE's symbols)."""

    WITHHELD = "c", "Withheld to protect children", "Wedi'i atal i ddiogelu plant"
    NOT_AVAILABLE = "x", "Not available", "Ddim ar gael"
    NOT_APPLICABLE = "z", "Not applicable", "Amherthnasol"
    UNRELIABLE = "u", "Low reliability", "Dibynadwyedd isel"
    ROUNDS_TO_ZERO = "low", "Rounds to zero, but is not zero", "Yn talgrynnu i sero"


class Better(Word):
    """Which direction is better; counts that follow recording have none (B.4 36–39)."""

    HIGHER = "higher", "Higher is better", "Uwch yw gwell"
    LOWER = "lower", "Lower is better", "Is yw gwell"
    NEITHER = (
        "neither",
        "Neither direction is good news by itself",
        "Nid yw'r naill na'r llall yn well",
    )
