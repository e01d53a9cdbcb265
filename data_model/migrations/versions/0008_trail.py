"""The eighth version: events say more and can be erased; looks at cases are kept; none is changed.

Events that are there stay as they are, with the hash they were given. On the way back, what only
this version could hold is put aside, so that the way up again finds a trail that still holds.
"""

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

NAMES = (
    *("form", "happened_as", "via", "changed", "salt", "said_hash", "reads_number", "reads_hash"),
    "erased_in",
)
"""What an event says more than before."""

ASIDE = {
    "audit_event": "audit_event_aside",
    "case_read": "case_read_aside",
    "erasure": "erasure_aside",
}
EMPTY = "{}"
SAME = (
    *("number", "happened_at", "happened_by", "happened_as", "via", "action", "subject", "form"),
    *("said_hash", "reads_number", "reads_hash", "previous_hash", "hash"),
)
"""What stays of an event whose values are erased, to the letter."""


def upgrade() -> None:
    """Apply this version."""
    _widen()
    _create_case_read()
    _create_erasure()
    op.create_table(
        "trail_head",
        sa.Column("chain", sa.String(length=20), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.Column("seal", sa.String(length=64), nullable=True),
        sa.PrimaryKeyConstraint("chain", name=op.f("pk_trail_head")),
    )
    _bring_back()
    for chain, table in (("changes", "audit_event"), ("reads", "case_read")):
        newest = f"SELECT '{chain}', number, hash FROM {table} ORDER BY number DESC LIMIT 1"
        op.execute(f"INSERT INTO trail_head (chain, number, hash) {newest}")
    _guard()


def _widen() -> None:
    columns: tuple[sa.Column[object], ...] = (
        sa.Column("form", sa.Integer(), nullable=False, server_default="1"),
        sa.Column("happened_as", sa.Text(), nullable=True),
        sa.Column("via", sa.String(length=120), nullable=True),
        sa.Column("changed", sa.JSON(), nullable=False, server_default="{}"),
        sa.Column("salt", sa.String(length=32), nullable=True),
        sa.Column("said_hash", sa.String(length=64), nullable=True),
        sa.Column("reads_number", sa.Integer(), nullable=True),
        sa.Column("reads_hash", sa.String(length=64), nullable=True),
        sa.Column("erased_in", sa.Integer(), nullable=True),
    )
    for column in columns:
        op.add_column("audit_event", column)


def _create_case_read() -> None:
    op.create_table(
        "case_read",
        sa.Column("number", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("happened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("happened_by", sa.String(), nullable=False),
        sa.Column("happened_as", sa.String(), nullable=False),
        sa.Column("via", sa.String(length=120), nullable=True),
        sa.Column("action", sa.String(length=60), nullable=False),
        sa.Column("subject", sa.String(length=120), nullable=False),
        sa.Column("event_number", sa.Integer(), nullable=False),
        sa.Column("event_hash", sa.String(length=64), nullable=False),
        sa.Column("previous_hash", sa.String(length=64), nullable=False),
        sa.Column("hash", sa.String(length=64), nullable=False),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_case_read")),
        sa.UniqueConstraint("hash", name=op.f("uq_case_read_hash")),
    )
    op.create_index(op.f("ix_case_read_subject"), "case_read", ["subject"])
    op.create_index(
        op.f("ix_case_read_happened_by_subject_happened_at"),
        "case_read",
        ["happened_by", "subject", "happened_at"],
    )


def _create_erasure() -> None:
    op.create_table(
        "erasure",
        sa.Column("inspection", sa.String(length=60), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_by", sa.String(), nullable=False),
        sa.Column("erased_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("erased_by", sa.String(), nullable=True),
        sa.CheckConstraint(
            "(erased_at IS NULL) = (erased_by IS NULL)", name=op.f("ck_erasure_erased_pair")
        ),
        sa.ForeignKeyConstraint(
            ["inspection"], ["inspection.code"], name=op.f("fk_erasure_inspection")
        ),
        sa.PrimaryKeyConstraint("inspection", name=op.f("pk_erasure")),
    )


def _bring_back() -> None:
    """Take back what an earlier way down put aside."""
    there = sa.inspect(op.get_bind()).get_table_names()
    if ASIDE["audit_event"] in there:
        values = ", ".join(
            f"{name} = (SELECT kept.{name} FROM audit_event_aside AS kept "
            "WHERE kept.number = audit_event.number)"
            for name in NAMES
        )
        op.execute(
            f"UPDATE audit_event SET {values} WHERE number IN "
            "(SELECT number FROM audit_event_aside)"
        )
        op.drop_table("audit_event_aside")
    for table in ("case_read", "erasure"):
        if ASIDE[table] in there:
            names = [each["name"] for each in sa.inspect(op.get_bind()).get_columns(ASIDE[table])]
            listed = ", ".join(names)
            op.execute(f"INSERT INTO {table} ({listed}) SELECT {listed} FROM {ASIDE[table]}")
            op.drop_table(ASIDE[table])


def _guard() -> None:
    """Let the database itself refuse to change an event, but for the erasing of its values."""
    if op.get_bind().dialect.name == "sqlite":
        _guard_sqlite()
    else:
        _guard_postgresql()


def _erasing(same: str, text: str) -> str:
    """Return the condition under which an event is erased and nothing else happens to it."""
    kept = " AND ".join(f"NEW.{name} {same} OLD.{name}" for name in SAME)
    gone = " AND ".join(
        f"CAST(NEW.{name} AS {text}) = '{EMPTY}'" for name in ("before", "after", "changed")
    )
    erased = "OLD.erased_in IS NULL AND NEW.erased_in IS NOT NULL"
    return f"{erased} AND NEW.salt IS NULL AND NEW.reason IS NULL AND {gone} AND {kept}"


def _guard_sqlite() -> None:
    stop = "BEGIN SELECT RAISE(ABORT, 'an event of the trail is never changed'); END"
    erasing = _erasing("IS", "TEXT")
    op.execute(
        f"CREATE TRIGGER audit_event_stays BEFORE UPDATE ON audit_event WHEN NOT ({erasing}) {stop}"
    )
    op.execute(f"CREATE TRIGGER audit_event_remains BEFORE DELETE ON audit_event {stop}")
    op.execute(f"CREATE TRIGGER case_read_stays BEFORE UPDATE ON case_read {stop}")
    op.execute(f"CREATE TRIGGER case_read_remains BEFORE DELETE ON case_read {stop}")
    op.execute(
        "CREATE TRIGGER trail_head_advances BEFORE UPDATE ON trail_head "
        f"WHEN NEW.number <= OLD.number {stop}"
    )
    op.execute(f"CREATE TRIGGER trail_head_remains BEFORE DELETE ON trail_head {stop}")


def _guard_postgresql() -> None:
    op.execute(
        "CREATE FUNCTION trail_stays() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN "
        "RAISE EXCEPTION 'an event of the trail is never changed'; END $$"
    )
    stop = "EXECUTE FUNCTION trail_stays()"
    erasing = _erasing("IS NOT DISTINCT FROM", "TEXT")
    op.execute(
        "CREATE TRIGGER audit_event_stays BEFORE UPDATE ON audit_event FOR EACH ROW "
        f"WHEN (NOT ({erasing})) {stop}"
    )
    op.execute(
        "CREATE TRIGGER case_read_stays BEFORE UPDATE ON case_read FOR EACH STATEMENT " + stop
    )
    op.execute(
        "CREATE TRIGGER trail_head_advances BEFORE UPDATE ON trail_head FOR EACH ROW "
        f"WHEN (NEW.number <= OLD.number) {stop}"
    )
    for table in ("audit_event", "case_read", "trail_head"):
        op.execute(
            f"CREATE TRIGGER {table}_remains BEFORE DELETE OR TRUNCATE ON {table} "
            f"FOR EACH STATEMENT {stop}"
        )


def _unguard() -> None:
    sqlite = op.get_bind().dialect.name == "sqlite"
    for table, stays in (
        ("audit_event", "stays"),
        ("case_read", "stays"),
        ("trail_head", "advances"),
    ):
        for name in (stays, "remains"):
            on = "" if sqlite else f" ON {table}"
            op.execute(f"DROP TRIGGER {table}_{name}{on}")
    if not sqlite:
        op.execute("DROP FUNCTION trail_stays()")


def downgrade() -> None:
    """Take this version back; what only it could hold is put aside for the way up again."""
    _unguard()
    connection = op.get_bind()
    for table, where in (("audit_event", "form > 1 OR erased_in IS NOT NULL"), ("case_read", "")):
        condition = f" WHERE {where}" if where else ""
        _put_aside(connection, table, condition)
    _put_aside(connection, "erasure", "")
    for table in ("trail_head", "case_read", "erasure"):
        op.drop_table(table)
    with op.batch_alter_table("audit_event", schema=None) as batch_op:
        for name in reversed(NAMES):
            batch_op.drop_column(name)


def _put_aside(connection: sa.Connection, table: str, condition: str) -> None:
    """Keep rows in a table beside, with the types that their columns have."""
    if not connection.execute(sa.text(f"SELECT 1 FROM {table}{condition} LIMIT 1")).first():
        return
    held = sa.Table(table, sa.MetaData(), autoload_with=connection).columns
    names = ("number", *NAMES) if table == "audit_event" else tuple(held.keys())
    op.create_table(ASIDE[table], *(sa.Column(name, held[name].type) for name in names))
    listed = ", ".join(names)
    op.execute(f"INSERT INTO {ASIDE[table]} ({listed}) SELECT {listed} FROM {table}{condition}")
