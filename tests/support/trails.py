"""What an insider does before rewriting the trail straight in the database."""

from sqlalchemy import Connection, text


def unguard(connection: Connection) -> None:
    """Drop the triggers by which the database refuses to change an event."""
    if connection.dialect.name == "sqlite":
        triggers = connection.execute(text("SELECT name FROM sqlite_master WHERE type='trigger'"))
        for name in triggers.scalars().all():
            connection.execute(text(f"DROP TRIGGER {name}"))
    else:
        connection.execute(text("DROP FUNCTION trail_stays() CASCADE"))
