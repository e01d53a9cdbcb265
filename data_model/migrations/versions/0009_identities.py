"""The ninth version: who a person is to the organisation's provider, and who has left."""

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

PAIRS = ("ended", "invited")


def upgrade() -> None:
    """Apply this version; nobody has left, nobody is invited, and nobody is linked."""
    with op.batch_alter_table("person", schema=None) as batch_op:
        for name in PAIRS:
            batch_op.add_column(sa.Column(f"{name}_at", sa.DateTime(timezone=True), nullable=True))
            batch_op.add_column(sa.Column(f"{name}_by", sa.String(), nullable=True))
        for name in PAIRS:
            batch_op.create_check_constraint(
                op.f(f"ck_person_{name}_pair"), f"({name}_at IS NULL) = ({name}_by IS NULL)"
            )
        batch_op.create_check_constraint(
            op.f("ck_person_invited_by_mail_while_here"),
            "invited_at IS NULL OR (mail IS NOT NULL AND ended_at IS NULL)",
        )
    op.create_table(
        "person_identity",
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("issuer", sa.String(length=255), nullable=False),
        sa.Column("subject", sa.String(length=255), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_by", sa.String(), nullable=False),
        sa.Column("last_issued", sa.BigInteger(), nullable=True),
        sa.Column("over_until", sa.BigInteger(), nullable=True),
        sa.ForeignKeyConstraint(
            ["person"], ["person.code"], name=op.f("fk_person_identity_person")
        ),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_person_identity")),
        sa.UniqueConstraint("issuer", "subject", name=op.f("uq_person_identity_issuer_subject")),
    )
    op.create_table(
        "sign_in_attempt",
        sa.Column("whom", sa.String(length=64), nullable=False),
        sa.Column("begun", sa.BigInteger(), nullable=False),
        sa.Column("tries", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("whom", name=op.f("pk_sign_in_attempt")),
    )


def downgrade() -> None:
    """Take this version back.

    Who had left must not come back in by it, so their roles go with what said that they left.
    """
    op.execute(
        "DELETE FROM person_role WHERE person IN "
        "(SELECT code FROM person WHERE ended_at IS NOT NULL)"
    )
    op.drop_table("sign_in_attempt")
    op.drop_table("person_identity")
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_constraint(op.f("ck_person_invited_by_mail_while_here"), type_="check")
        for name in reversed(PAIRS):
            batch_op.drop_constraint(op.f(f"ck_person_{name}_pair"), type_="check")
        for name in reversed(PAIRS):
            batch_op.drop_column(f"{name}_by")
            batch_op.drop_column(f"{name}_at")
