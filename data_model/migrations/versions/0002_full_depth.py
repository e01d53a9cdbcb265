"""The second version: cases at full depth, second readings, samples, and nothing lost."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this version."""

    op.create_table(
        "frame",
        sa.Column("inspection", sa.String(length=60), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("dated_on", sa.Date(), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=True),
        sa.Column("dropped", sa.Text(), nullable=True),
        sa.Column("listed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("listed_by", sa.String(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection"], ["inspection.code"], name=op.f("fk_frame_inspection")
        ),
        sa.PrimaryKeyConstraint("inspection", name=op.f("pk_frame")),
    )
    op.create_table(
        "intake",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("inspection", sa.String(length=60), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("taken_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("taken_by", sa.String(), nullable=False),
        sa.Column("report", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection"], ["inspection.code"], name=op.f("fk_intake_inspection")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_intake")),
    )
    with op.batch_alter_table("intake", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_intake_inspection"), ["inspection"], unique=False)

    op.create_table(
        "case_answer",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("question", sa.String(length=12), nullable=False),
        sa.Column("answer", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_case_answer_case_id")),
        sa.PrimaryKeyConstraint("case_id", "position", name=op.f("pk_case_answer")),
    )
    op.create_table(
        "case_receipt",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("submitted_by", sa.String(), nullable=False),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_case_receipt_case_id")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_case_receipt")),
    )
    with op.batch_alter_table("case_receipt", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_case_receipt_case_id"), ["case_id"], unique=False)
        batch_op.create_index(
            batch_op.f("ix_case_receipt_content_hash"), ["content_hash"], unique=False
        )

    op.create_table(
        "disruption",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("tactic", sa.String(length=40), nullable=True),
        sa.Column("aimed_at", sa.String(length=40), nullable=True),
        sa.Column("used_on", sa.Date(), nullable=True),
        sa.Column("outcome", sa.String(length=40), nullable=True),
        sa.Column("reviewed", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_disruption_case_id")),
        sa.PrimaryKeyConstraint("case_id", "position", name=op.f("pk_disruption")),
    )
    op.create_table(
        "draw",
        sa.Column("inspection", sa.String(length=60), nullable=False),
        sa.Column("method", sa.String(length=40), nullable=False),
        sa.Column("divided_by", sa.String(length=40), nullable=True),
        sa.Column("seed", sa.String(length=80), nullable=True),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("reserves", sa.Integer(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.String(), nullable=False),
        sa.CheckConstraint("size >= 0 AND reserves >= 0", name=op.f("ck_draw_sizes")),
        sa.ForeignKeyConstraint(
            ["inspection"], ["frame.inspection"], name=op.f("fk_draw_inspection")
        ),
        sa.PrimaryKeyConstraint("inspection", name=op.f("pk_draw")),
    )
    op.create_table(
        "frame_entry",
        sa.Column("inspection", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("sheet", sa.String(), nullable=True),
        sa.Column("row", sa.Integer(), nullable=True),
        sa.Column("age_band", sa.String(length=40), nullable=True),
        sa.Column("sex", sa.String(length=40), nullable=True),
        sa.Column("ethnicity", sa.String(length=40), nullable=True),
        sa.Column("disability", sa.String(length=40), nullable=True),
        sa.Column("in_care", sa.String(length=40), nullable=True),
        sa.Column("episodes", sa.Integer(), nullable=True),
        sa.Column("excluded_because", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["inspection"], ["frame.inspection"], name=op.f("fk_frame_entry_inspection")
        ),
        sa.PrimaryKeyConstraint("inspection", "number", name=op.f("pk_frame_entry")),
    )
    op.create_table(
        "frame_episode",
        sa.Column("inspection", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("interview_offered", sa.String(length=40), nullable=True),
        sa.Column("interview_accepted", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(
            ["inspection", "number"],
            ["frame_entry.inspection", "frame_entry.number"],
            name=op.f("fk_frame_episode_inspection_number"),
        ),
        sa.PrimaryKeyConstraint("inspection", "number", "position", name=op.f("pk_frame_episode")),
    )
    op.create_table(
        "missing_episode",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("reported_on", sa.Date(), nullable=True),
        sa.Column("returned_on", sa.Date(), nullable=True),
        sa.Column("reported_to_police", sa.String(length=40), nullable=True),
        sa.Column("referred", sa.String(length=40), nullable=True),
        sa.Column("police_grade", sa.String(length=40), nullable=True),
        sa.Column("repeat", sa.String(length=40), nullable=True),
        sa.Column("from_care", sa.String(length=40), nullable=True),
        sa.Column("interview_offered", sa.String(length=40), nullable=True),
        sa.Column("interview_accepted", sa.String(length=40), nullable=True),
        sa.Column("interview_held", sa.String(length=40), nullable=True),
        sa.Column("interview_timing", sa.String(length=40), nullable=True),
        sa.Column("interview_hours", sa.Integer(), nullable=True),
        sa.Column("interview_by", sa.String(length=40), nullable=True),
        sa.Column("interview_independent", sa.String(length=40), nullable=True),
        sa.Column("learning_shared", sa.String(length=40), nullable=True),
        sa.CheckConstraint(
            "interview_hours IS NULL OR interview_hours >= 0",
            name=op.f("ck_missing_episode_hours_forward"),
        ),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_missing_episode_case_id")
        ),
        sa.PrimaryKeyConstraint("case_id", "position", name=op.f("pk_missing_episode")),
    )
    op.create_table(
        "moderation",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("theme", sa.String(length=4), nullable=False),
        sa.Column("criterion", sa.String(length=8), nullable=True),
        sa.Column("criterion_version", sa.Integer(), nullable=True),
        sa.Column("grade", sa.String(length=40), nullable=True),
        sa.Column("not_graded", sa.String(length=40), nullable=True),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.CheckConstraint(
            "(criterion IS NULL) = (criterion_version IS NULL)",
            name=op.f("ck_moderation_criterion_has_version"),
        ),
        sa.CheckConstraint(
            "(grade IS NULL) OR (criterion IS NOT NULL)",
            name=op.f("ck_moderation_grade_has_criterion"),
        ),
        sa.CheckConstraint(
            "grade IS NULL OR not_graded IS NULL", name=op.f("ck_moderation_graded_or_not")
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_moderation_case_id")),
        sa.ForeignKeyConstraint(
            ["criterion", "criterion_version"],
            ["criterion.code", "criterion.version"],
            name=op.f("fk_moderation_criterion_criterion_version"),
        ),
        sa.ForeignKeyConstraint(["theme"], ["theme.code"], name=op.f("fk_moderation_theme")),
        sa.PrimaryKeyConstraint("case_id", "theme", name=op.f("pk_moderation")),
    )
    op.create_table(
        "pack",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("token", sa.String(length=64), nullable=False),
        sa.Column("inspection", sa.String(length=60), nullable=False),
        sa.Column("packed_for", sa.String(length=40), nullable=False),
        sa.Column("packed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("packed_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection"], ["inspection.code"], name=op.f("fk_pack_inspection")
        ),
        sa.ForeignKeyConstraint(["packed_for"], ["person.code"], name=op.f("fk_pack_packed_for")),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_pack")),
        sa.UniqueConstraint("token", name=op.f("uq_pack_token")),
    )
    op.create_table(
        "perpetrator",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("sex", sa.String(length=40), nullable=True),
        sa.Column("ethnicity", sa.String(length=40), nullable=True),
        sa.Column("disability", sa.String(length=40), nullable=True),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_perpetrator_case_id")),
        sa.PrimaryKeyConstraint("case_id", "position", name=op.f("pk_perpetrator")),
    )
    op.create_table(
        "reading",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.String(length=40), nullable=False),
        sa.Column("purpose", sa.String(length=40), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("submitted_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("submitted_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(submitted_at IS NULL) = (submitted_by IS NULL)",
            name=op.f("ck_reading_submitted_pair"),
        ),
        sa.ForeignKeyConstraint(["case_id"], ["case_file.id"], name=op.f("fk_reading_case_id")),
        sa.ForeignKeyConstraint(["reader"], ["person.code"], name=op.f("fk_reading_reader")),
        sa.PrimaryKeyConstraint("case_id", "reader", name=op.f("pk_reading")),
    )
    op.create_table(
        "wording_answer",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.String(length=40), nullable=False),
        sa.Column("field", sa.String(length=60), nullable=False),
        sa.Column("said", sa.String(length=200), nullable=False),
        sa.Column("reply", sa.String(length=40), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_wording_answer_case_id")
        ),
        sa.ForeignKeyConstraint(["reader"], ["person.code"], name=op.f("fk_wording_answer_reader")),
        sa.PrimaryKeyConstraint(
            "case_id", "reader", "field", "said", name=op.f("pk_wording_answer")
        ),
    )
    op.create_table(
        "working_copy",
        sa.Column("case_id", sa.Integer(), nullable=False),
        sa.Column("reader", sa.String(length=40), nullable=False),
        sa.Column("typed", sa.JSON(), nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("kept_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["case_id"], ["case_file.id"], name=op.f("fk_working_copy_case_id")
        ),
        sa.ForeignKeyConstraint(["reader"], ["person.code"], name=op.f("fk_working_copy_reader")),
        sa.PrimaryKeyConstraint("case_id", "reader", name=op.f("pk_working_copy")),
    )
    op.create_table(
        "drawn_case",
        sa.Column("inspection", sa.String(length=60), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("place", sa.String(length=40), nullable=False),
        sa.Column("stratum", sa.String(), nullable=True),
        sa.Column("replaced_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("replaced_by", sa.String(), nullable=True),
        sa.Column("replaced_because", sa.Text(), nullable=True),
        sa.Column("stands_in_for", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(replaced_at IS NULL) = (replaced_by IS NULL)",
            name=op.f("ck_drawn_case_replaced_pair"),
        ),
        sa.ForeignKeyConstraint(
            ["inspection", "number"],
            ["frame_entry.inspection", "frame_entry.number"],
            name=op.f("fk_drawn_case_inspection_number"),
        ),
        sa.ForeignKeyConstraint(
            ["inspection"], ["draw.inspection"], name=op.f("fk_drawn_case_inspection")
        ),
        sa.PrimaryKeyConstraint("inspection", "number", name=op.f("pk_drawn_case")),
    )
    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.add_column(sa.Column("criminal_exploitation", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("perpetrators_known", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("perpetrator_count", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("went_missing", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("trigger_plan", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("disrupted", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("notice_on_child", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("blaming_language", sa.String(length=40), nullable=True))
        batch_op.add_column(
            sa.Column("blaming_terms", sa.Text(), server_default="", nullable=False)
        )
        batch_op.add_column(sa.Column("language_challenged", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("voice_recorded", sa.String(length=40), nullable=True))
        batch_op.add_column(
            sa.Column("voice_about_exploitation", sa.String(length=40), nullable=True)
        )
        batch_op.add_column(sa.Column("voice_acted_on", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("child_charged", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("frame_number", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("edition", sa.Integer(), server_default="1", nullable=False))
        batch_op.add_column(sa.Column("locked_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("locked_by", sa.String(), nullable=True))
        batch_op.create_check_constraint("locked_pair", "(locked_at IS NULL) = (locked_by IS NULL)")

    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("second_read_percent", sa.Integer(), server_default="20", nullable=False)
        )
        batch_op.create_check_constraint(
            "share_is_percent", "second_read_percent >= 0 AND second_read_percent <= 100"
        )

    with op.batch_alter_table("evidence_pointer", schema=None) as batch_op:
        batch_op.alter_column("document", existing_type=sa.String(length=40), nullable=True)
    op.execute(
        "UPDATE case_file SET status = 'counted', "
        "locked_at = (SELECT agreed_at FROM inspection WHERE code = case_file.inspection), "
        "locked_by = (SELECT agreed_by FROM inspection WHERE code = case_file.inspection) "
        "WHERE status = 'submitted' AND inspection IN "
        "(SELECT code FROM inspection WHERE status = 'agreed')"
    )


def downgrade() -> None:
    """Take this version back; what only it could hold goes with it."""
    op.execute("UPDATE case_file SET status = 'submitted' WHERE status <> 'draft'")
    op.execute("UPDATE evidence_pointer SET document = 'other' WHERE document IS NULL")
    with op.batch_alter_table("evidence_pointer", schema=None) as batch_op:
        batch_op.alter_column("document", existing_type=sa.String(length=40), nullable=False)

    with op.batch_alter_table("inspection", schema=None) as batch_op:
        batch_op.drop_constraint("share_is_percent", type_="check")
        batch_op.drop_column("second_read_percent")

    with op.batch_alter_table("case_file", schema=None) as batch_op:
        batch_op.drop_constraint("locked_pair", type_="check")
        batch_op.drop_column("locked_by")
        batch_op.drop_column("locked_at")
        batch_op.drop_column("edition")
        batch_op.drop_column("frame_number")
        batch_op.drop_column("child_charged")
        batch_op.drop_column("voice_acted_on")
        batch_op.drop_column("voice_about_exploitation")
        batch_op.drop_column("voice_recorded")
        batch_op.drop_column("language_challenged")
        batch_op.drop_column("blaming_terms")
        batch_op.drop_column("blaming_language")
        batch_op.drop_column("notice_on_child")
        batch_op.drop_column("disrupted")
        batch_op.drop_column("trigger_plan")
        batch_op.drop_column("went_missing")
        batch_op.drop_column("perpetrator_count")
        batch_op.drop_column("perpetrators_known")
        batch_op.drop_column("criminal_exploitation")

    op.drop_table("drawn_case")
    op.drop_table("working_copy")
    op.drop_table("wording_answer")
    op.drop_table("reading")
    op.drop_table("perpetrator")
    op.drop_table("pack")
    op.drop_table("moderation")
    op.drop_table("missing_episode")
    op.drop_table("frame_episode")
    op.drop_table("frame_entry")
    op.drop_table("draw")
    op.drop_table("disruption")
    with op.batch_alter_table("case_receipt", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_case_receipt_content_hash"))
        batch_op.drop_index(batch_op.f("ix_case_receipt_case_id"))

    op.drop_table("case_receipt")
    op.drop_table("case_answer")
    with op.batch_alter_table("intake", schema=None) as batch_op:
        batch_op.drop_index(batch_op.f("ix_intake_inspection"))

    op.drop_table("intake")
    op.drop_table("frame")
