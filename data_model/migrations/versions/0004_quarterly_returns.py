"""The fourth version: quarterly returns, what a board writes, statistical neighbours."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None

WHOLE = "(breakdown IS NULL) = (category IS NULL)"
PAIR = "(superseded_at IS NULL) = (superseded_by IS NULL)"


def upgrade() -> None:
    """Apply this version."""
    op.create_table(
        "agency_return",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("organisation", sa.String(length=60), nullable=False),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("file_hash", sa.String(length=64), nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("entered_by", sa.String(), nullable=False),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("published_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(approved_at IS NULL) = (approved_by IS NULL)",
            name=op.f("ck_agency_return_approved_pair"),
        ),
        sa.CheckConstraint(
            "(published_at IS NULL) = (published_by IS NULL)",
            name=op.f("ck_agency_return_published_pair"),
        ),
        sa.ForeignKeyConstraint(
            ["area_code"], ["area.code"], name=op.f("fk_agency_return_area_code")
        ),
        sa.ForeignKeyConstraint(
            ["organisation"], ["organisation.code"], name=op.f("fk_agency_return_organisation")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_agency_return")),
        sa.UniqueConstraint(
            "area_code",
            "quarter",
            "organisation",
            name=op.f("uq_agency_return_area_code_quarter_organisation"),
        ),
    )
    with op.batch_alter_table("agency_return", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_agency_return_area_code"), ["area_code"])
    op.create_table(
        "return_explanation",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("agency_return", sa.Integer(), nullable=False),
        sa.Column("found", sa.String(length=160), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("explained_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("explained_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["agency_return"],
            ["agency_return.id"],
            name=op.f("fk_return_explanation_agency_return"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_explanation")),
    )
    with op.batch_alter_table("return_explanation", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_return_explanation_agency_return"), ["agency_return"])
    op.create_table(
        "check_answer",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("check_code", sa.String(length=60), nullable=False),
        sa.Column("found", sa.String(length=64), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answered_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_code"], ["area.code"], name=op.f("fk_check_answer_area_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_answer")),
    )
    with op.batch_alter_table("check_answer", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_check_answer_area_code"), ["area_code"])
        batch_op.create_index(batch_op.f("ix_check_answer_found"), ["found"])
    op.create_table(
        "board_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("quarter", sa.String(length=7), nullable=False),
        sa.Column("indicator", sa.String(length=60), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("role_named", sa.String(), nullable=True),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("decided_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(done_at IS NULL) = (done_by IS NULL)", name=op.f("ck_board_decision_done_pair")
        ),
        sa.CheckConstraint(
            "(role_named IS NULL) = (due_on IS NULL)",
            name=op.f("ck_board_decision_action_has_both"),
        ),
        sa.ForeignKeyConstraint(
            ["area_code"], ["area.code"], name=op.f("fk_board_decision_area_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_board_decision")),
    )
    with op.batch_alter_table("board_decision", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_board_decision_area_code"), ["area_code"])
    op.create_table(
        "area_neighbour",
        sa.Column("model", sa.String(length=10), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("place", sa.Integer(), nullable=False),
        sa.Column("neighbour", sa.String(length=9), nullable=False),
        sa.Column("closeness", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["area_code"], ["area.code"], name=op.f("fk_area_neighbour_area_code")
        ),
        sa.ForeignKeyConstraint(
            ["neighbour"], ["area.code"], name=op.f("fk_area_neighbour_neighbour")
        ),
        sa.PrimaryKeyConstraint("model", "area_code", "place", name=op.f("pk_area_neighbour")),
    )
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.add_column(sa.Column("agency_return", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("breakdown", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("category", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("superseded_by", sa.String(), nullable=True))
        batch_op.create_index(batch_op.f("ix_figure_agency_return"), ["agency_return"])
        batch_op.create_foreign_key(
            batch_op.f("fk_figure_agency_return"), "agency_return", ["agency_return"], ["id"]
        )
        batch_op.create_check_constraint(batch_op.f("ck_figure_part_of_a_whole"), WHOLE)
        batch_op.create_check_constraint(batch_op.f("ck_figure_superseded_pair"), PAIR)


def downgrade() -> None:
    """Take this version back; what only it could hold goes with it."""
    op.execute("DELETE FROM figure WHERE agency_return IS NOT NULL")
    with op.batch_alter_table("figure", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("ck_figure_superseded_pair"), type_="check")
        batch_op.drop_constraint(batch_op.f("ck_figure_part_of_a_whole"), type_="check")
        batch_op.drop_constraint(batch_op.f("fk_figure_agency_return"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_figure_agency_return"))
        for name in ("superseded_by", "superseded_at", "category", "breakdown", "agency_return"):
            batch_op.drop_column(name)
    for name in ("area_neighbour", "board_decision", "check_answer"):
        op.drop_table(name)
    op.drop_table("return_explanation")
    op.drop_table("agency_return")
