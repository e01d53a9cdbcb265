"""The third version: wordings, action plans, attached evidence, re-audits and closing."""

from datetime import UTC, datetime, time

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None

SET_UP = "set-up"
PAIRS = {
    "recommendation": {
        "published_pair": "(published_at IS NULL) = (published_by IS NULL)",
        "published_day": "(published_at IS NULL) = (published_on IS NULL)",
    },
    "recommendation_owner": {
        "closed_pair": "(closed_at IS NULL) = (closed_by IS NULL)",
        "closed_reason": "(closed_at IS NULL) = (closing_reason IS NULL)",
    },
}


def upgrade() -> None:
    """Apply this version."""
    op.create_table(
        "recommendation_repeat",
        sa.Column("recommendation", sa.String(length=60), nullable=False),
        sa.Column("repeat_of", sa.String(length=60), nullable=False),
        sa.Column("linked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("linked_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation"],
            ["recommendation.code"],
            name=op.f("fk_recommendation_repeat_recommendation"),
        ),
        sa.ForeignKeyConstraint(
            ["repeat_of"], ["recommendation.code"], name=op.f("fk_recommendation_repeat_repeat_of")
        ),
        sa.PrimaryKeyConstraint(
            "recommendation", "repeat_of", name=op.f("pk_recommendation_repeat")
        ),
    )
    with op.batch_alter_table("recommendation_repeat", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_recommendation_repeat_repeat_of"), ["repeat_of"], unique=False
        )

    op.create_table(
        "recommendation_wording",
        sa.Column("recommendation", sa.String(length=60), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("worded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("worded_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["recommendation"],
            ["recommendation.code"],
            name=op.f("fk_recommendation_wording_recommendation"),
        ),
        sa.PrimaryKeyConstraint(
            "recommendation", "edition", name=op.f("pk_recommendation_wording")
        ),
    )
    op.create_table(
        "register_entry",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("recommendation", sa.String(length=60), nullable=False),
        sa.Column("register", sa.String(), nullable=False),
        sa.Column("line", sa.Integer(), nullable=False),
        sa.Column("said", sa.JSON(), nullable=False),
        sa.Column("unmapped", sa.Text(), nullable=True),
        sa.ForeignKeyConstraint(
            ["recommendation"],
            ["recommendation.code"],
            name=op.f("fk_register_entry_recommendation"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_register_entry")),
    )
    with op.batch_alter_table("register_entry", schema=None) as batch_op:
        batch_op.create_index(
            batch_op.f("ix_register_entry_recommendation"), ["recommendation"], unique=False
        )

    op.create_table(
        "reaudit",
        sa.Column("owner", sa.Integer(), nullable=False),
        sa.Column("inspection", sa.String(length=60), nullable=False),
        sa.Column("theme", sa.String(length=4), nullable=False),
        sa.Column("arranged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("arranged_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["inspection"], ["inspection.code"], name=op.f("fk_reaudit_inspection")
        ),
        sa.ForeignKeyConstraint(
            ["owner"], ["recommendation_owner.id"], name=op.f("fk_reaudit_owner")
        ),
        sa.ForeignKeyConstraint(["theme"], ["theme.code"], name=op.f("fk_reaudit_theme")),
        sa.PrimaryKeyConstraint("owner", "inspection", name=op.f("pk_reaudit")),
    )
    with op.batch_alter_table("reaudit", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_reaudit_inspection"), ["inspection"], unique=False)

    op.create_table(
        "action_note",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("noted_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(["action"], ["action.id"], name=op.f("fk_action_note_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_action_note")),
    )
    with op.batch_alter_table("action_note", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_action_note_action"), ["action"], unique=False)

    op.create_table(
        "evidence_file",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("item", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("edition", sa.Integer(), nullable=False),
        sa.Column("media_type", sa.String(), nullable=False),
        sa.Column("size", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("content", sa.LargeBinary(), nullable=False),
        sa.Column("scanned_by", sa.String(), nullable=True),
        sa.Column("added_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("added_by", sa.String(), nullable=False),
        sa.CheckConstraint("size > 0", name=op.f("ck_evidence_file_holds_something")),
        sa.ForeignKeyConstraint(["item"], ["evidence_item.id"], name=op.f("fk_evidence_file_item")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evidence_file")),
    )
    with op.batch_alter_table("evidence_file", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_evidence_file_item"), ["item"], unique=False)

    op.create_table(
        "milestone",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("action", sa.Integer(), nullable=False),
        sa.Column("title", sa.String(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=False),
        sa.Column("done_on", sa.Date(), nullable=True),
        sa.ForeignKeyConstraint(["action"], ["action.id"], name=op.f("fk_milestone_action")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_milestone")),
    )
    with op.batch_alter_table("milestone", schema=None) as batch_op:
        batch_op.create_index(batch_op.f("ix_milestone_action"), ["action"], unique=False)
    _alter()
    _fill()
    _tighten()


def _alter() -> None:
    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.add_column(sa.Column("mail", sa.String(length=254), nullable=True))

    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.add_column(sa.Column("starts_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("original_due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("slips", sa.Integer(), nullable=False, server_default="0"))
        batch_op.add_column(sa.Column("theme", sa.String(length=4), nullable=True))
        batch_op.add_column(sa.Column("indicator", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("by_how_much", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("imported", sa.JSON(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_foreign_key(batch_op.f("fk_action_theme"), "theme", ["theme"], ["code"])

    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.add_column(sa.Column("gathered_by", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("pointer", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("reaudit", sa.String(length=60), nullable=True))
        batch_op.create_foreign_key(
            batch_op.f("fk_evidence_item_reaudit"), "inspection", ["reaudit"], ["code"]
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_evidence_item_gathered_by"), "organisation", ["gathered_by"], ["code"]
        )

    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.add_column(sa.Column("quotation", sa.Text(), nullable=True))
        batch_op.add_column(sa.Column("published_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("published_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("published_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("retest_theme", sa.String(length=4), nullable=True))
        batch_op.add_column(sa.Column("retest_criterion", sa.String(length=20), nullable=True))
        batch_op.add_column(sa.Column("retest_sample", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("retest_sampling", sa.String(length=40), nullable=True))
        batch_op.add_column(sa.Column("retest_by", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("version", sa.Integer(), nullable=False, server_default="1"))
        batch_op.create_index(batch_op.f("ix_recommendation_made_on"), ["made_on"], unique=False)
        batch_op.create_foreign_key(
            batch_op.f("fk_recommendation_retest_theme"), "theme", ["retest_theme"], ["code"]
        )

    with op.batch_alter_table("recommendation_owner", schema=None) as batch_op:
        batch_op.add_column(
            sa.Column("closing", sa.String(length=40), nullable=False, server_default="open")
        )
        batch_op.add_column(sa.Column("response_due_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("claimed_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("shown_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("restarted_on", sa.Date(), nullable=True))
        batch_op.add_column(sa.Column("redirected_to", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("superseded_by", sa.String(length=60), nullable=True))
        batch_op.add_column(sa.Column("closed_at", sa.DateTime(timezone=True), nullable=True))
        batch_op.add_column(sa.Column("closed_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("closing_reason", sa.Text(), nullable=True))
        batch_op.drop_index(batch_op.f("ix_recommendation_owner_organisation"))
        batch_op.create_index(
            batch_op.f("ix_recommendation_owner_assurance_organisation"),
            ["assurance", "organisation"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_recommendation_owner_organisation_delivery_original_due_on"),
            ["organisation", "delivery", "original_due_on"],
            unique=False,
        )
        batch_op.create_index(
            batch_op.f("ix_recommendation_owner_organisation_response_response_due_on"),
            ["organisation", "response", "response_due_on"],
            unique=False,
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_recommendation_owner_redirected_to"),
            "organisation",
            ["redirected_to"],
            ["code"],
        )
        batch_op.create_foreign_key(
            batch_op.f("fk_recommendation_owner_superseded_by"),
            "recommendation",
            ["superseded_by"],
            ["code"],
        )


def _fill() -> None:
    """What was there was published on the day it bears, and keeps its first wording."""
    _publish()
    op.execute("UPDATE action SET original_due_on = due_on")
    op.execute(
        "UPDATE recommendation_owner SET response_due_on = (SELECT r.response_due_on "
        "FROM recommendation r WHERE r.code = recommendation_owner.recommendation)"
    )
    _date("claimed_on", "delivery", "'claimed'")
    _date("shown_on", "assurance", "'effect_shown', 'sustained'")


def _publish() -> None:
    held = sa.table(
        "recommendation",
        *map(sa.column, ("code", "title", "text", "published_by")),
        *(sa.column(name, sa.Date()) for name in ("made_on", "published_on")),
        sa.column("published_at", sa.DateTime(timezone=True)),
    )
    wordings = sa.table(
        "recommendation_wording",
        *map(sa.column, ("recommendation", "edition", "title", "text", "worded_by")),
        sa.column("worded_at", sa.DateTime(timezone=True)),
    )
    rows = op.get_bind().execute(sa.select(held.c.code, held.c.title, held.c.text, held.c.made_on))
    for code, title, text, made_on in rows.all():
        at = datetime.combine(made_on, time.min, UTC)
        said = {"published_on": made_on, "published_at": at, "published_by": SET_UP}
        first = {"edition": 1, "title": title, "text": text, "worded_at": at, "worded_by": SET_UP}
        op.execute(held.update().where(held.c.code == code).values(**said))
        op.execute(wordings.insert().values(recommendation=code, **first))


def _date(column: str, axis: str, statuses: str) -> None:
    """Set a day from the step that reached a status which still stands."""
    op.execute(
        f"UPDATE recommendation_owner SET {column} = (SELECT date(max(s.taken_at)) "
        "FROM recommendation_step s WHERE s.owner = recommendation_owner.id "
        f"AND s.axis = '{axis}' AND s.after IN ({statuses})) WHERE {axis} IN ({statuses})"
    )


def _tighten() -> None:
    """Ask of every row from now on what the rows that were there have been given."""
    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.alter_column("original_due_on", existing_type=sa.Date(), nullable=False)
        for column in ("slips", "version"):
            batch_op.alter_column(column, existing_type=sa.Integer(), server_default=None)
    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.alter_column("version", existing_type=sa.Integer(), server_default=None)
        for name, rule in PAIRS["recommendation"].items():
            batch_op.create_check_constraint(name, rule)
    with op.batch_alter_table("recommendation_owner", schema=None) as batch_op:
        batch_op.alter_column("closing", existing_type=sa.String(length=40), server_default=None)
        for name, rule in PAIRS["recommendation_owner"].items():
            batch_op.create_check_constraint(name, rule)


def downgrade() -> None:
    """Take this version back; what only it could hold goes with it."""
    with op.batch_alter_table("recommendation_owner", schema=None) as batch_op:
        batch_op.drop_constraint(
            batch_op.f("fk_recommendation_owner_redirected_to"), type_="foreignkey"
        )
        batch_op.drop_constraint(
            batch_op.f("fk_recommendation_owner_superseded_by"), type_="foreignkey"
        )
        batch_op.drop_index(batch_op.f("ix_recommendation_owner_assurance_organisation"))
        batch_op.drop_index(
            batch_op.f("ix_recommendation_owner_organisation_delivery_original_due_on")
        )
        batch_op.drop_index(
            batch_op.f("ix_recommendation_owner_organisation_response_response_due_on")
        )
        batch_op.drop_constraint("closed_pair", type_="check")
        batch_op.drop_constraint("closed_reason", type_="check")
        batch_op.drop_column("closing_reason")
        batch_op.drop_column("closed_by")
        batch_op.drop_column("closed_at")
        batch_op.drop_column("superseded_by")
        batch_op.drop_column("redirected_to")
        batch_op.drop_column("restarted_on")
        batch_op.drop_column("shown_on")
        batch_op.drop_column("claimed_on")
        batch_op.drop_column("response_due_on")
        batch_op.drop_column("closing")
        batch_op.create_index(
            batch_op.f("ix_recommendation_owner_organisation"), ["organisation"], unique=False
        )

    with op.batch_alter_table("recommendation", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_recommendation_retest_theme"), type_="foreignkey")
        batch_op.drop_index(batch_op.f("ix_recommendation_made_on"))
        batch_op.drop_constraint("published_pair", type_="check")
        batch_op.drop_constraint("published_day", type_="check")
        batch_op.drop_column("version")
        batch_op.drop_column("retest_by")
        batch_op.drop_column("retest_sampling")
        batch_op.drop_column("retest_sample")
        batch_op.drop_column("retest_criterion")
        batch_op.drop_column("retest_theme")
        batch_op.drop_column("published_by")
        batch_op.drop_column("published_at")
        batch_op.drop_column("published_on")
        batch_op.drop_column("quotation")

    with op.batch_alter_table("evidence_item", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_evidence_item_reaudit"), type_="foreignkey")
        batch_op.drop_constraint(batch_op.f("fk_evidence_item_gathered_by"), type_="foreignkey")
        batch_op.drop_column("reaudit")
        batch_op.drop_column("pointer")
        batch_op.drop_column("gathered_by")

    with op.batch_alter_table("action", schema=None) as batch_op:
        batch_op.drop_constraint(batch_op.f("fk_action_theme"), type_="foreignkey")
        batch_op.drop_column("version")
        batch_op.drop_column("imported")
        batch_op.drop_column("by_how_much")
        batch_op.drop_column("indicator")
        batch_op.drop_column("theme")
        batch_op.drop_column("slips")
        batch_op.drop_column("original_due_on")
        batch_op.drop_column("starts_on")

    with op.batch_alter_table("person", schema=None) as batch_op:
        batch_op.drop_column("mail")

    op.drop_table("milestone")
    op.drop_table("evidence_file")
    op.drop_table("action_note")
    op.drop_table("reaudit")
    op.drop_table("register_entry")
    op.drop_table("recommendation_wording")
    op.drop_table("recommendation_repeat")
