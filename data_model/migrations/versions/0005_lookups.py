"""The fifth version: child population by release, districts, where neighbours are from."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Apply this version."""
    with op.batch_alter_table("area_neighbour", schema=None) as batch_op:
        batch_op.add_column(sa.Column("source", sa.String(), nullable=True))
    op.create_table(
        "district",
        sa.Column("code", sa.String(length=9), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("authority_code", sa.String(length=9), nullable=False),
        sa.Column("force_code", sa.String(length=9), nullable=True),
        sa.ForeignKeyConstraint(
            ["authority_code"], ["area.code"], name=op.f("fk_district_authority_code")
        ),
        sa.ForeignKeyConstraint(["force_code"], ["area.code"], name=op.f("fk_district_force_code")),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_district")),
    )
    with op.batch_alter_table("district", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_district_authority_code"), ["authority_code"])
    op.create_table(
        "child_population",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("area_code", sa.String(length=9), nullable=False),
        sa.Column("year", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("symbol", sa.String(length=40), nullable=True),
        sa.Column("source", sa.String(), nullable=False),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("superseded_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(number IS NULL) <> (symbol IS NULL)",
            name=op.f("ck_child_population_number_or_symbol"),
        ),
        sa.CheckConstraint(
            "(superseded_at IS NULL) = (superseded_by IS NULL)",
            name=op.f("ck_child_population_superseded_pair"),
        ),
        sa.ForeignKeyConstraint(
            ["area_code"], ["area.code"], name=op.f("fk_child_population_area_code")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_child_population")),
    )
    with op.batch_alter_table("child_population", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_child_population_area_code"), ["area_code"])


def downgrade() -> None:
    """Take this version back; what only it could hold goes with it."""
    op.drop_table("child_population")
    op.drop_table("district")
    with op.batch_alter_table("area_neighbour", schema=None) as batch_op:
        batch_op.drop_column("source")
