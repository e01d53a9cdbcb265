"""The people of the samples, as tests name them."""

ADMINISTRATOR = "ben-administrator"
EVERYONE_ELSE = (
    "desmond-director",
    "ellen-inspector",
    "gwenllian-elsewhere",
    "harpreet-director",
    "joanna-director",
    "marcus-inspector",
    "meilin-director",
    "patrick-board",
    "priya-lead",
    "ruth-verifier",
    "samira-publisher",
)
CAST = (ADMINISTRATOR, *EVERYONE_ELSE)
