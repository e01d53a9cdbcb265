"""The seventh version: a release is drafted, approved by a second person, corrected, withdrawn."""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

PAIRS = ("made", "sent", "approved", "opened", "withdrawn")
KEPT = (
    "number, scope, content_hash, trail_head, previous_hash, inspections, areas, made_at, made_by"
)


def upgrade() -> None:
    """Apply this version; what was made before stands as published, without its content."""
    op.execute("CREATE TABLE release_before AS SELECT * FROM release")
    op.drop_index("ix_release_content_hash", table_name="release")
    op.drop_table("release")
    _create_release()
    op.execute(
        f"INSERT INTO release ({KEPT}, status, inspections_asked, drawn_at, drawn_by, version) "
        f"SELECT {KEPT}, 'published', '[]', made_at, made_by, 1 FROM release_before ORDER BY number"
    )
    op.drop_table("release_before")
    _create_beside()


def _create_release() -> None:
    pairs = [
        sa.CheckConstraint(
            f"({name}_at IS NULL) = ({name}_by IS NULL)", name=op.f(f"ck_release_{name}_pair")
        )
        for name in PAIRS
    ]
    op.create_table(
        "release",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=True),
        sa.Column("status", sa.String(length=40), nullable=False),
        sa.Column("scope", sa.Text(), nullable=False),
        sa.Column("inspections_asked", sa.JSON(), nullable=False),
        sa.Column("area_asked", sa.String(), nullable=True),
        sa.Column("content", sa.LargeBinary(), nullable=True),
        sa.Column("content_hash", sa.String(length=64), nullable=False),
        sa.Column("trail_head", sa.String(length=64), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=True),
        sa.Column("inspections", sa.Integer(), nullable=False),
        sa.Column("areas", sa.Integer(), nullable=False),
        sa.Column("publish_on", sa.Date(), nullable=True),
        sa.Column("corrects", sa.Integer(), nullable=True),
        sa.Column("change_kind", sa.String(length=40), nullable=True),
        sa.Column("why", sa.Text(), nullable=True),
        sa.Column("why_welsh", sa.Text(), nullable=True),
        sa.Column("drawn_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("drawn_by", sa.String(), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("sent_by", sa.String(), nullable=True),
        sa.Column("approved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("approved_by", sa.String(), nullable=True),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("opened_by", sa.String(), nullable=True),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("made_by", sa.String(), nullable=True),
        sa.Column("withdrawn_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("withdrawn_by", sa.String(), nullable=True),
        sa.Column("withdrawn_why", sa.Text(), nullable=True),
        sa.Column("withdrawn_why_welsh", sa.Text(), nullable=True),
        sa.Column("version", sa.Integer(), nullable=False),
        *pairs,
        sa.CheckConstraint(
            "(made_at IS NULL) = (number IS NULL)", name=op.f("ck_release_numbered_when_made")
        ),
        sa.CheckConstraint(
            "(corrects IS NULL) = (change_kind IS NULL)", name=op.f("ck_release_corrects_by_kind")
        ),
        sa.CheckConstraint(
            "(corrects IS NULL) = (why IS NULL)", name=op.f("ck_release_corrects_and_says_why")
        ),
        sa.ForeignKeyConstraint(["corrects"], ["release.id"], name=op.f("fk_release_corrects")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release")),
        sa.UniqueConstraint("number", name=op.f("uq_release_number")),
    )
    with op.batch_alter_table("release", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_content_hash"), ["content_hash"])
        batch_op.create_index(batch_op.f("ix_release_corrects"), ["corrects"])


def _create_beside() -> None:
    op.create_table(
        "release_acknowledgement",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("item", sa.String(length=40), nullable=False),
        sa.Column("warning", sa.String(length=64), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledged_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["release"], ["release.id"], name=op.f("fk_release_acknowledgement_release")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_release_acknowledgement")),
        sa.UniqueConstraint(
            "release",
            "item",
            "warning",
            name=op.f("uq_release_acknowledgement_release_item_warning"),
        ),
    )
    with op.batch_alter_table("release_acknowledgement", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_release_acknowledgement_release"), ["release"])
    op.create_table(
        "release_early_reader",
        sa.Column("release", sa.Integer(), nullable=False),
        sa.Column("person", sa.String(length=40), nullable=False),
        sa.Column("named_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("named_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["person"], ["person.code"], name=op.f("fk_release_early_reader_person")
        ),
        sa.ForeignKeyConstraint(
            ["release"], ["release.id"], name=op.f("fk_release_early_reader_release")
        ),
        sa.PrimaryKeyConstraint("release", "person", name=op.f("pk_release_early_reader")),
    )
    op.create_table(
        "text_read",
        sa.Column("about", sa.String(length=120), nullable=False),
        sa.Column("wording", sa.String(length=64), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read_by", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("about", "wording", name=op.f("pk_text_read")),
    )


def downgrade() -> None:
    """Take this version back; drafts and what only this version could hold go with it."""
    for name in ("text_read", "release_early_reader", "release_acknowledgement"):
        op.drop_table(name)
    op.execute(f"CREATE TABLE release_after AS SELECT {KEPT} FROM release WHERE number IS NOT NULL")
    op.drop_table("release")
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
        batch_op.create_index(batch_op.f("ix_release_content_hash"), ["content_hash"])
    op.execute(f"INSERT INTO release ({KEPT}) SELECT {KEPT} FROM release_after")
    op.drop_table("release_after")
