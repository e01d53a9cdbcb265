"""How a grade looks wherever it is drawn: by what it says, whichever scale it stands on."""

LOOKS = {
    "outstanding": "good",
    "excellent": "good",
    "good": "good",
    "adequate": "middling",
    "requires_improvement": "middling",
    "requires_improvement_to_be_good": "middling",
    "requires_significant_improvement": "poor",
    "inadequate": "poor",
}
"""The look of each grade; one that is not here looks like *other*, never like a good one."""
