"""The flat tables metrics see: no names, no case references, no free text of findings."""

import polars as pl

INSPECTIONS = pl.Schema(
    {
        "inspection": pl.String,
        "area": pl.String,
        "quarter": pl.String,
        "ended_on": pl.Date,
        "sampling": pl.String,
        "available": pl.Int64,
    }
)
"""One row an inspection whose cases count; `available` is how many its sample was drawn from.

Its `quarter`, such as 2025-Q4, is the one of the calendar year in which its reading ended.
"""

FINDINGS = pl.Schema(
    {
        "inspection": pl.String,
        "area": pl.String,
        "quarter": pl.String,
        "case": pl.Int64,
        "case_kind": pl.String,
        "theme": pl.String,
        "grade": pl.String,
        "not_graded": pl.String,
    }
)
"""One row a finding of a submitted case; `grade` or `not_graded` is set, never both."""

CASES = pl.Schema(
    {
        "inspection": pl.String,
        "area": pl.String,
        "quarter": pl.String,
        "case": pl.Int64,
        "case_kind": pl.String,
        "age_band": pl.String,
        "sex": pl.String,
        "ethnicity": pl.String,
        "disability": pl.String,
        "in_care": pl.String,
        "placement": pl.String,
        "harm_category": pl.String,
        "agency_risk": pl.String,
        "network": pl.String,
        "flagged": pl.String,
        "meets_definition": pl.String,
        "criminal_exploitation": pl.String,
        "perpetrators_known": pl.String,
        "went_missing": pl.String,
        "trigger_plan": pl.String,
        "disrupted": pl.String,
        "notice_on_child": pl.String,
        "blaming_language": pl.String,
        "language_challenged": pl.String,
        "voice_recorded": pl.String,
        "voice_about_exploitation": pl.String,
        "voice_acted_on": pl.String,
        "child_charged": pl.String,
    }
)
"""One row a submitted case; an empty cell is not entered, `not_recorded` is the agency's gap."""

EPISODES = pl.Schema(
    {
        "inspection": pl.String,
        "area": pl.String,
        "quarter": pl.String,
        "case": pl.Int64,
        "age_band": pl.String,
        "sex": pl.String,
        "ethnicity": pl.String,
        "disability": pl.String,
        "reported_on": pl.Date,
        "returned_on": pl.Date,
        "reported_to_police": pl.String,
        "referred": pl.String,
        "police_grade": pl.String,
        "repeat": pl.String,
        "from_care": pl.String,
        "interview_offered": pl.String,
        "interview_accepted": pl.String,
        "interview_held": pl.String,
        "interview_timing": pl.String,
    }
)
"""One row a missing episode of a counted case, with who the child is as the case records it."""

PERPETRATORS = pl.Schema(
    {
        "inspection": pl.String,
        "area": pl.String,
        "quarter": pl.String,
        "case": pl.Int64,
        "sex": pl.String,
        "ethnicity": pl.String,
        "disability": pl.String,
    }
)
"""One row a known or suspected perpetrator of a counted case."""

PUBLISHED = pl.Schema(
    {
        "inspection": pl.String,
        "area": pl.String,
        "case_kind": pl.String,
        "theme": pl.String,
        "basis": pl.String,
        "grades": pl.String,
        "cases": pl.Int64,
        "cases_read": pl.Int64,
    }
)
"""One row a published count; `grades` may name several that were not split, or none."""

FIGURES = pl.Schema(
    {
        "id": pl.Int64,
        "indicator": pl.String,
        "area": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "period_label": pl.String,
        "numerator": pl.Int64,
        "denominator": pl.Int64,
        "value": pl.Float64,
        "value_high": pl.Float64,
        "comparator": pl.String,
        "symbol": pl.String,
        "subject": pl.String,
        "whole_force": pl.Boolean,
        "breaks": pl.Boolean,
        "published": pl.Boolean,
        "paragraph": pl.String,
        "source": pl.String,
        "note": pl.String,
    }
)
"""One row a stated figure; `symbol` stands where the source gives no number."""

PARTS = pl.Schema(
    {
        "indicator": pl.String,
        "area": pl.String,
        "period_start": pl.Date,
        "period_end": pl.Date,
        "breakdown": pl.String,
        "category": pl.String,
        "numerator": pl.Int64,
        "symbol": pl.String,
        "published": pl.Boolean,
    }
)
"""One row a part of a returned figure, such as its boys; `not_recorded` is a part like others."""

READERS = pl.Schema(
    {
        "inspection": pl.String,
        "area": pl.String,
        "readers": pl.Int64,
        "read_twice": pl.Int64,
    }
)
"""One row an inspection whose cases count: how many first readers, how many cases read twice."""

TWICE = pl.Schema(
    {
        "inspection": pl.String,
        "area": pl.String,
        "first": pl.String,
        "second": pl.String,
        "times": pl.Int64,
    }
)
"""One row a pair of grades that two people gave blind to each other, and how often they did.

A theme of a case that one of them did not grade has an empty grade; a case that was opened again
is in no row.
"""

FRAMES = {
    "inspections": INSPECTIONS,
    "findings": FINDINGS,
    "cases": CASES,
    "episodes": EPISODES,
    "perpetrators": PERPETRATORS,
    "readers": READERS,
    "twice": TWICE,
    "published": PUBLISHED,
    "figures": FIGURES,
    "parts": PARTS,
}
