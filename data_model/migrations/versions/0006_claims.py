"""The sixth version: claims and what they are linked to, and texts in Welsh."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

WELSH = (
    ("inspection", "title_welsh"),
    ("inspection", "summary_welsh"),
    ("recommendation", "title_welsh"),
    ("recommendation", "text_welsh"),
    ("recommendation_step", "text_welsh"),
)
"""The texts that can be in Welsh now; what was kept before is not yet translated."""


def upgrade() -> None:
    """Apply this version."""
    for table, column in WELSH:
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.add_column(sa.Column(column, sa.Text(), nullable=True))
    _claims()
    _links()
    _wordings()


def _claims() -> None:
    op.create_table(
        "claim",
        sa.Column("code", sa.String(length=80), nullable=False),
        sa.Column("inspection", sa.String(length=60), nullable=False),
        sa.Column("position", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_welsh", sa.Text(), nullable=True),
        sa.Column("direction", sa.String(length=40), nullable=False),
        sa.Column("answer", sa.Text(), nullable=True),
        sa.Column("answer_welsh", sa.Text(), nullable=True),
        sa.Column("answered_to", sa.String(length=40), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by", sa.String(), nullable=True),
        sa.Column("taken_out_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_out_by", sa.String(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answered_by IS NULL)",
            name=op.f("ck_claim_answered_pair"),
        ),
        sa.CheckConstraint(
            "(answered_at IS NULL) = (answer IS NULL)", name=op.f("ck_claim_answer_is_dated")
        ),
        sa.CheckConstraint(
            "(answer IS NULL) = (answered_to IS NULL)", name=op.f("ck_claim_answer_to_standing")
        ),
        sa.CheckConstraint(
            "answer_welsh IS NULL OR answer IS NOT NULL", name=op.f("ck_claim_answer_in_english")
        ),
        sa.CheckConstraint(
            "(taken_out_at IS NULL) = (taken_out_by IS NULL)",
            name=op.f("ck_claim_taken_out_pair"),
        ),
        sa.ForeignKeyConstraint(
            ["inspection"], ["inspection.code"], name=op.f("fk_claim_inspection")
        ),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_claim")),
        sa.UniqueConstraint("inspection", "position", name=op.f("uq_claim_inspection_position")),
    )


def _links() -> None:
    links: tuple[tuple[str, sa.Column[object], str | None], ...] = (
        ("theme", sa.Column("theme", sa.String(length=4), nullable=False), "theme.code"),
        ("finding", sa.Column("finding", sa.Integer(), nullable=False), "finding.id"),
        ("indicator", sa.Column("indicator", sa.String(length=60), nullable=False), None),
    )
    for name, column, key in links:
        table = f"claim_{name}"
        keys = [
            sa.ForeignKeyConstraint(["claim"], ["claim.code"], name=op.f(f"fk_{table}_claim")),
            sa.PrimaryKeyConstraint("claim", name, name=op.f(f"pk_{table}")),
        ]
        if key:
            keys.append(sa.ForeignKeyConstraint([name], [key], name=op.f(f"fk_{table}_{name}")))
        op.create_table(
            table, sa.Column("claim", sa.String(length=80), nullable=False), column, *keys
        )


def _wordings() -> None:
    op.create_table(
        "claim_wording",
        sa.Column("claim", sa.String(length=80), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("text_welsh", sa.Text(), nullable=True),
        sa.Column("direction", sa.String(length=40), nullable=False),
        sa.Column("kept_because", sa.Text(), nullable=True),
        sa.Column("worded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["claim"], ["claim.code"], name=op.f("fk_claim_wording_claim")),
        sa.PrimaryKeyConstraint("claim", "edition", name=op.f("pk_claim_wording")),
    )


def downgrade() -> None:
    """Take this version back; what only it could hold goes with it."""
    for table in ("wording", "indicator", "finding", "theme"):
        op.drop_table(f"claim_{table}")
    op.drop_table("claim")
    for table, column in reversed(WELSH):
        with op.batch_alter_table(table, schema=None) as batch_op:
            batch_op.drop_column(column)
