"""The first version: places, inspections, cases, findings, recommendations, trail."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this version."""
    op.create_table(
        "area",
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_welsh", sa.String(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("nation", sa.String(length=40), nullable=True),
        sa.Column("region_code", sa.String(length=9), nullable=True),
        sa.Column("force_code", sa.String(length=9), nullable=True),
        sa.Column("old_code", sa.String(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= started_on", name=op.f("ck_area_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["force_code"], ["area.code"], name=op.f("fk_area_force_code")),
        sa.ForeignKeyConstraint(["region_code"], ["area.code"], name=op.f("fk_area_region_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_area")),
    )
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_area_force_code"), ["force_code"], unique=False)

    op.create_table(
        "audit_event",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("happened_by", sa.String(), nullable=False),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("before", sa.JSON(), nullable=False),
        sa.Column("after", sa.JSON(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_audit_event")),
        sa.UniqueConstraint("hash", name=op.f("uq_audit_event_hash")),
    )
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_audit_event_subject"), ["subject"], unique=False)

    op.create_table(
        "release",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("trail_head", sa.String(length=64), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=True),
        sa.Column("inspections", sa.Integer(), nullable=False),
        sa.Column("areas", sa.Integer(), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_release")),
    )
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_content_hash"), ["content_hash"], unique=False)

    op.create_table(
        "theme",
        sa.Column("code", sa.String(length=4), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_welsh", sa.String(), nullable=False),
        sa.Column("short_name", sa.String(), nullable=False),
        sa.Column("short_name_welsh", sa.String(), nullable=False),
        sa.Column("parts", sa.String(), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_theme")),
    )
    op.create_table(
        "area_succession",
        sa.Column("predecessor", sa.String(length=9), nullable=False),
        sa.Column("successor", sa.String(length=9), nullable=False),
        sa.Column("changed_on", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("note", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["predecessor"], ["area.code"], name=op.f("fk_area_succession_predecessor")
        ),
        sa.ForeignKeyConstraint(
            ["successor"], ["area.code"], name=op.f("fk_area_succession_successor")
        ),
        sa.PrimaryKeyConstraint("predecessor", "successor", name=op.f("pk_area_succession")),
    )
    op.create_table(
        "counted_version",
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("version", sa.String(length=64), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_code"], ["area.code"], name=op.f("fk_counted_version_area_code")
        ),
        sa.PrimaryKeyConstraint("area_code", name=op.f("pk_counted_version")),
    )
    op.create_table(
        "criterion",
        sa.Column("code", sa.String(length=8), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=4), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_welsh", sa.Text(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["theme"], ["theme.code"], name=op.f("fk_criterion_theme")),
        sa.PrimaryKeyConstraint("code", "version", name=op.f("pk_criterion")),
    )
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_criterion_theme"), ["theme"], unique=False)

    op.create_table(
        "figure",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("indicator", sa.String(length=60), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("period_start", sa.Date(), nullable=True),
        sa.Column("period_end", sa.Date(), nullable=True),
        sa.Column("period_label", sa.String(), nullable=False),
        sa.Column("numerator", sa.Integer(), nullable=True),
        sa.Column("denominator", sa.Integer(), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("value_high", sa.Double(), nullable=True),
        sa.Column("comparator", sa.String(), nullable=True),
        sa.Column("symbol", sa.String(length=40), nullable=True),
        sa.Column("whole_force", sa.Boolean(), nullable=False),
        sa.Column("published", sa.Boolean(), nullable=False),
        sa.Column("breaks", sa.Boolean(), nullable=False),
        sa.Column("subject", sa.String(), nullable=True),
        sa.Column("quotation", sa.Text(), nullable=True),
        sa.Column("paragraph", sa.String(), nullable=True),
        sa.Column("evidence_id", sa.String(), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("note", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "numerator IS NOT NULL OR value IS NOT NULL OR symbol IS NOT NULL",
            name=op.f("ck_figure_says_something"),
        ),
        sa.CheckConstraint(
            "period_start IS NULL OR period_end >= period_start",
            name=op.f("ck_figure_period_in_order"),
        ),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_figure_area_code")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_figure")),
    )
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_figure_area_code"), ["area_code"], unique=False)
        batch_op.create_index(batch_op.f("ix_figure_indicator"), ["indicator"], unique=False)

    op.create_table(
        "organisation",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_welsh", sa.String(), nullable=True),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=True),
        sa.ForeignKeyConstraint(
            ["area_code"], ["area.code"], name=op.f("fk_organisation_area_code")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_organisation")),
    )
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_organisation_area_code"), ["area_code"], unique=False)

    op.create_table(
        "framework",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_welsh", sa.String(), nullable=True),
        sa.Column("organisation", sa.String(length=60), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.code"], name=op.f("fk_framework_organisation")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_framework")),
    )
    op.create_table(
        "person",
        sa.Column("code", sa.String(length=40), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("organisation", sa.String(length=60), nullable=False),
        sa.Column("demonstration", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.code"], name=op.f("fk_person_organisation")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_person")),
    )
    op.create_table(
        "person_role",
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(["person"], ["person.code"], name=op.f("fk_person_role_person")),
        sa.PrimaryKeyConstraint("person", "role", name=op.f("pk_person_role")),
    )
    op.create_table(
        "scale",
        sa.Column("code", sa.String(length=20), nullable=False),
        sa.Column("framework", sa.String(length=20), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_welsh", sa.String(), nullable=True),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["framework"], ["framework.code"], name=op.f("fk_scale_framework")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_scale")),
    )
    op.create_table(
        "inspection",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("framework", sa.String(length=20), nullable=False),
        sa.Column("scale", sa.String(length=20), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("started_on", sa.Date(), nullable=True),
        sa.Column("ended_on", sa.Date(), nullable=True),
        sa.Column("period_label", sa.String(), nullable=False),
        sa.Column("published_on", sa.Date(), nullable=True),
        sa.Column("sampling", sa.String(length=40), nullable=False),
        sa.Column("cases_available", sa.Integer(), nullable=True),
        sa.Column("whole_force", sa.Boolean(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.Column("agreed_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("agreed_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(agreed_at IS NULL) = (agreed_by IS NULL)", name=op.f("ck_inspection_agreed_pair")
        ),
        sa.CheckConstraint(
            "cases_available IS NULL OR cases_available >= 0", name=op.f("ck_inspection_frame_size")
        ),
        sa.CheckConstraint(
            "ended_on IS NULL OR ended_on >= started_on", name=op.f("ck_inspection_dates_in_order")
        ),
        sa.ForeignKeyConstraint(["area_code"], ["area.code"], name=op.f("fk_inspection_area_code")),
        sa.ForeignKeyConstraint(
            ["framework"], ["framework.code"], name=op.f("fk_inspection_framework")
        ),
        sa.ForeignKeyConstraint(["scale"], ["scale.code"], name=op.f("fk_inspection_scale")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_inspection")),
    )
    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspection_area_code"), ["area_code"], unique=False)

    op.create_table(
        "scale_grade",
        sa.Column("scale", sa.String(length=20), nullable=False),
        sa.Column("grade", sa.String(length=40), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_welsh", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(["scale"], ["scale.code"], name=op.f("fk_scale_grade_scale")),
        sa.PrimaryKeyConstraint("scale", "grade", name=op.f("pk_scale_grade")),
    )
    op.create_table(
        "case_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection", sa.String(length=60), nullable=False),
        sa.Column("reference", sa.String(length=40), nullable=False),
        sa.Column("read_by", sa.String(length=40), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("lead_agency", sa.String(length=60), nullable=True),
        sa.Column("practice_from", sa.Date(), nullable=True),
        sa.Column("practice_to", sa.Date(), nullable=True),
        sa.Column("age_band", sa.String(length=40), nullable=True),
        sa.Column("sex", sa.String(length=40), nullable=True),
        sa.Column("ethnicity", sa.String(length=40), nullable=True),
        sa.Column("disability", sa.String(length=40), nullable=True),
        sa.Column("disability_kinds", sa.Text(), nullable=False),
        sa.Column("in_care", sa.String(length=40), nullable=True),
        sa.Column("placement", sa.String(length=40), nullable=True),
        sa.Column("harm_category", sa.String(length=40), nullable=True),
        sa.Column("harm_indicators", sa.Text(), nullable=False),
        sa.Column("harm_confirmed_reason", sa.Text(), nullable=True),
        sa.Column("agency_risk", sa.String(length=40), nullable=True),
        sa.Column("agency_risk_number", sa.Integer(), nullable=True),
        sa.Column("network", sa.String(length=40), nullable=True),
        sa.Column("flagged", sa.String(length=40), nullable=True),
        sa.Column("meets_definition", sa.String(length=40), nullable=True),
        sa.Column("summary", sa.Text(), nullable=True),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (submitted_by IS NULL)",
            name=op.f("ck_case_file_submitted_pair"),
        ),
        sa.CheckConstraint(
            "practice_to IS NULL OR practice_from IS NULL OR practice_to >= practice_from",
            name=op.f("ck_case_file_practice_in_order"),
        ),
        sa.ForeignKeyConstraint(
            ["inspection"], ["inspection.code"], name=op.f("fk_case_file_inspection")
        ),
        sa.ForeignKeyConstraint(
            ["lead_agency"], ["organisation.code"], name=op.f("fk_case_file_lead_agency")
        ),
        sa.ForeignKeyConstraint(["read_by"], ["person.code"], name=op.f("fk_case_file_read_by")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_case_file")),
        sa.UniqueConstraint(
            "inspection", "reference", name=op.f("uq_case_file_inspection_reference")
        ),
    )
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_file_inspection"), ["inspection"], unique=False)
        batch_op.create_index(batch_op.f("ix_case_file_read_by"), ["read_by"], unique=False)

    op.create_table(
        "inspection_area",
        sa.Column("inspection", sa.String(length=60), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_code"], ["area.code"], name=op.f("fk_inspection_area_area_code")
        ),
        sa.ForeignKeyConstraint(
            ["inspection"], ["inspection.code"], name=op.f("fk_inspection_area_inspection")
        ),
        sa.PrimaryKeyConstraint("inspection", "area_code", name=op.f("pk_inspection_area")),
    )
    with op.batch_alter_table("inspection_area", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inspection_area_area_code"), ["area_code"], unique=False
        )

    op.create_table(
        "inspection_body",
        sa.Column("inspection", sa.String(length=60), nullable=False),
        sa.Column("organisation", sa.String(length=60), nullable=False),
        sa.Column("role", sa.String(length=40), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection"], ["inspection.code"], name=op.f("fk_inspection_body_inspection")
        ),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.code"], name=op.f("fk_inspection_body_organisation")
        ),
        sa.PrimaryKeyConstraint(
            "inspection", "organisation", "role", name=op.f("pk_inspection_body")
        ),
    )
    with op.batch_alter_table("inspection_body", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_inspection_body_organisation"), ["organisation"], unique=False
        )

    op.create_table(
        "inspection_reader",
        sa.Column("inspection", sa.String(length=60), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("leads", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection"], ["inspection.code"], name=op.f("fk_inspection_reader_inspection")
        ),
        sa.ForeignKeyConstraint(
            ["person"], ["person.code"], name=op.f("fk_inspection_reader_person")
        ),
        sa.PrimaryKeyConstraint("inspection", "person", name=op.f("pk_inspection_reader")),
    )
    with op.batch_alter_table("inspection_reader", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_inspection_reader_person"), ["person"], unique=False)

    op.create_table(
        "inspection_theme",
        sa.Column("inspection", sa.String(length=60), nullable=False),
        sa.Column("theme", sa.String(length=4), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection"], ["inspection.code"], name=op.f("fk_inspection_theme_inspection")
        ),
        sa.ForeignKeyConstraint(["theme"], ["theme.code"], name=op.f("fk_inspection_theme_theme")),
        sa.PrimaryKeyConstraint("inspection", "theme", name=op.f("pk_inspection_theme")),
    )
    op.create_table(
        "judgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection", sa.String(length=60), nullable=False),
        sa.Column("topic", sa.String(), nullable=False),
        sa.Column("grade", sa.String(), nullable=False),
        sa.Column("quotation", sa.Text(), nullable=True),
        sa.Column("paragraph", sa.String(), nullable=True),
        sa.Column("evidence_id", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inspection"], ["inspection.code"], name=op.f("fk_judgement_inspection")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_judgement")),
    )
    with op.batch_alter_table("judgement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_judgement_inspection"), ["inspection"], unique=False)

    op.create_table(
        "published_evidence",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection", sa.String(length=60), nullable=False),
        sa.Column("case_kind", sa.String(length=40), nullable=False),
        sa.Column("theme", sa.String(length=4), nullable=True),
        sa.Column("basis", sa.String(length=40), nullable=False),
        sa.Column("cases_read", sa.Integer(), nullable=True),
        sa.Column("quotation", sa.Text(), nullable=True),
        sa.Column("paragraph", sa.String(), nullable=True),
        sa.Column("evidence_id", sa.String(), nullable=True),
        sa.Column("note", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inspection"], ["inspection.code"], name=op.f("fk_published_evidence_inspection")
        ),
        sa.ForeignKeyConstraint(
            ["theme"], ["theme.code"], name=op.f("fk_published_evidence_theme")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_evidence")),
    )
    with op.batch_alter_table("published_evidence", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_published_evidence_inspection"), ["inspection"], unique=False
        )

    op.create_table(
        "recommendation",
        sa.Column("code", sa.String(length=60), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("inspection", sa.String(length=60), nullable=True),
        sa.Column("source", sa.String(), nullable=True),
        sa.Column("paragraph", sa.String(), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("made_on", sa.Date(), nullable=False),
        sa.Column("response_due_on", sa.Date(), nullable=True),
        sa.Column("followed_here", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection"], ["inspection.code"], name=op.f("fk_recommendation_inspection")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_recommendation")),
    )
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recommendation_inspection"), ["inspection"], unique=False
        )

    op.create_table(
        "statement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("inspection", sa.String(length=60), nullable=False),
        sa.Column("statement", sa.Text(), nullable=False),
        sa.Column("direction", sa.String(), nullable=False),
        sa.Column("paragraph", sa.String(), nullable=True),
        sa.Column("evidence_id", sa.String(), nullable=True),
        sa.Column("comment", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inspection"], ["inspection.code"], name=op.f("fk_statement_inspection")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_statement")),
    )
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_statement_inspection"), ["inspection"], unique=False)

    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=4), nullable=False),
        sa.Column("reader", sa.String(length=40), nullable=False),
        sa.Column("criterion", sa.String(length=8), nullable=True),
        sa.Column("criterion_version", sa.Integer(), nullable=True),
        sa.Column("grade", sa.String(length=40), nullable=True),
        sa.Column("not_graded", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("strengths", sa.Text(), nullable=True),
        sa.Column("weaknesses", sa.Text(), nullable=True),
        sa.CheckConstraint(
            "(criterion IS NULL) = (criterion_version IS NULL)",
            name=op.f("ck_finding_criterion_has_version"),
        ),
        sa.CheckConstraint(
            "(grade IS NULL) OR (criterion IS NOT NULL)",
            name=op.f("ck_finding_grade_has_criterion"),
        ),
        sa.CheckConstraint(
            "grade IS NULL OR not_graded IS NULL", name=op.f("ck_finding_graded_or_not")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_finding_case_id")),
        sa.ForeignKeyConstraint(
            ["criterion", "criterion_version"],
            ["criterion.code", "criterion.version"],
            name=op.f("fk_finding_criterion_criterion_version"),
        ),
        sa.ForeignKeyConstraint(["reader"], ["person.code"], name=op.f("fk_finding_reader")),
        sa.ForeignKeyConstraint(["theme"], ["theme.code"], name=op.f("fk_finding_theme")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
        sa.UniqueConstraint(
            "case_id", "theme", "reader", name=op.f("uq_finding_case_id_theme_reader")
        ),
    )
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_finding_case_id"), ["case_id"], unique=False)

    op.create_table(
        "published_grade",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("evidence", sa.Integer(), nullable=False),
        sa.Column("grades", sa.String(), nullable=False),
        sa.Column("cases", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["evidence"], ["published_evidence.id"], name=op.f("fk_published_grade_evidence")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_published_grade")),
    )
    with op.batch_alter_table("published_grade", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_published_grade_evidence"), ["evidence"], unique=False)

    op.create_table(
        "recommendation_owner",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recommendation", sa.String(length=60), nullable=False),
        sa.Column("organisation", sa.String(length=60), nullable=False),
        sa.Column("response", sa.String(length=40), nullable=False),
        sa.Column("delivery", sa.String(length=40), nullable=False),
        sa.Column("assurance", sa.String(length=40), nullable=False),
        sa.Column("role_named", sa.String(), nullable=True),
        sa.Column("steps_planned", sa.Text(), nullable=True),
        sa.Column("original_due_on", sa.Date(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("slips", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["organisation"],
            ["organisation.code"],
            name=op.f("fk_recommendation_owner_organisation"),
        ),
        sa.ForeignKeyConstraint(
            ["recommendation"],
            ["recommendation.code"],
            name=op.f("fk_recommendation_owner_recommendation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_owner")),
        sa.UniqueConstraint(
            "recommendation",
            "organisation",
            name=op.f("uq_recommendation_owner_recommendation_organisation"),
        ),
    )
    with op.batch_alter_table("recommendation_owner", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recommendation_owner_organisation"), ["organisation"], unique=False
        )

    op.create_table(
        "recommendation_theme",
        sa.Column("recommendation", sa.String(length=60), nullable=False),
        sa.Column("theme", sa.String(length=4), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation"],
            ["recommendation.code"],
            name=op.f("fk_recommendation_theme_recommendation"),
        ),
        sa.ForeignKeyConstraint(
            ["theme"], ["theme.code"], name=op.f("fk_recommendation_theme_theme")
        ),
        sa.PrimaryKeyConstraint("recommendation", "theme", name=op.f("pk_recommendation_theme")),
    )
    op.create_table(
        "action",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("owner_role", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner"], ["recommendation_owner.id"], name=op.f("fk_action_owner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action")),
    )
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_owner"), ["owner"], unique=False)

    op.create_table(
        "evidence_item",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("rung", sa.String(length=40), nullable=False),
        sa.Column("description", sa.Text(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["owner"], ["recommendation_owner.id"], name=op.f("fk_evidence_item_owner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_item")),
    )
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_item_owner"), ["owner"], unique=False)

    op.create_table(
        "evidence_pointer",
        sa.Column("finding", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("document", sa.String(length=40), nullable=False),
        sa.Column("dated", sa.Date(), nullable=True),
        sa.Column("locator", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["finding"], ["finding.id"], name=op.f("fk_evidence_pointer_finding")
        ),
        sa.PrimaryKeyConstraint("finding", "position", name=op.f("pk_evidence_pointer")),
    )
    op.create_table(
        "recommendation_finding",
        sa.Column("recommendation", sa.String(length=60), nullable=False),
        sa.Column("finding", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["finding"], ["finding.id"], name=op.f("fk_recommendation_finding_finding")
        ),
        sa.ForeignKeyConstraint(
            ["recommendation"],
            ["recommendation.code"],
            name=op.f("fk_recommendation_finding_recommendation"),
        ),
        sa.PrimaryKeyConstraint(
            "recommendation", "finding", name=op.f("pk_recommendation_finding")
        ),
    )
    op.create_table(
        "recommendation_step",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("axis", sa.String(length=12), nullable=False),
        sa.Column("before", sa.String(length=40), nullable=False),
        sa.Column("after", sa.String(length=40), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(
            ["owner"], ["recommendation_owner.id"], name=op.f("fk_recommendation_step_owner")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_recommendation_step")),
    )
    with op.batch_alter_table("recommendation_step", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_recommendation_step_owner"), ["owner"], unique=False)


def downgrade() -> None:
    """Return to the version before."""
    with op.batch_alter_table("recommendation_step", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recommendation_step_owner"))

    op.drop_table("recommendation_step")
    op.drop_table("recommendation_finding")
    op.drop_table("evidence_pointer")
    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_evidence_item_owner"))

    op.drop_table("evidence_item")
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_action_owner"))

    op.drop_table("action")
    op.drop_table("recommendation_theme")
    with op.batch_alter_table("recommendation_owner", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recommendation_owner_organisation"))

    op.drop_table("recommendation_owner")
    with op.batch_alter_table("published_grade", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_published_grade_evidence"))

    op.drop_table("published_grade")
    with op.batch_alter_table("finding", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_finding_case_id"))

    op.drop_table("finding")
    with op.batch_alter_table("statement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_statement_inspection"))

    op.drop_table("statement")
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_recommendation_inspection"))

    op.drop_table("recommendation")
    with op.batch_alter_table("published_evidence", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_published_evidence_inspection"))

    op.drop_table("published_evidence")
    with op.batch_alter_table("judgement", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_judgement_inspection"))

    op.drop_table("judgement")
    op.drop_table("inspection_theme")
    with op.batch_alter_table("inspection_reader", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inspection_reader_person"))

    op.drop_table("inspection_reader")
    with op.batch_alter_table("inspection_body", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inspection_body_organisation"))

    op.drop_table("inspection_body")
    with op.batch_alter_table("inspection_area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inspection_area_area_code"))

    op.drop_table("inspection_area")
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_file_read_by"))
        batch_op.drop_index(batch_op.f("ix_case_file_inspection"))

    op.drop_table("case_file")
    op.drop_table("scale_grade")
    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_inspection_area_code"))

    op.drop_table("inspection")
    op.drop_table("scale")
    op.drop_table("person_role")
    op.drop_table("person")
    op.drop_table("framework")
    with op.batch_alter_table("organisation", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_organisation_area_code"))

    op.drop_table("organisation")
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_figure_indicator"))
        batch_op.drop_index(batch_op.f("ix_figure_area_code"))

    op.drop_table("figure")
    with op.batch_alter_table("criterion", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_criterion_theme"))

    op.drop_table("criterion")
    op.drop_table("counted_version")
    op.drop_table("area_succession")
    op.drop_table("theme")
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_release_content_hash"))

    op.drop_table("release")
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_audit_event_subject"))

    op.drop_table("audit_event")
    with op.batch_alter_table("area", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_area_force_code"))

    op.drop_table("area")
