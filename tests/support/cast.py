"""The people of the samples, as tests name them."""

ADMINISTRATOR = "ben-administrator"
EVERYONE_ELSE = (
    "desmond-director",
    "eleri-approver",
    "ellen-inspector",
    "gwenllian-elsewhere",
    "harpreet-director",
    "joanna-director",
    "marcus-inspector",
    "meilin-director",
    "nadia-auditor",
    "patrick-board",
    "priya-lead",
    "rhodri-inspector",
    "ruth-verifier",
    "samira-publisher",
)
CAST = (ADMINISTRATOR, *EVERYONE_ELSE)
