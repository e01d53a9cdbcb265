"""How Alembic reaches the database: through the engine it is handed, one transaction a step."""

from alembic import context

from data_model.records import Record


def run() -> None:
    """Run the migrations asked for on the engine in the configuration's attributes."""
    engine = context.config.attributes["engine"]
    with engine.connect() as connection:
        context.configure(
            connection=connection,
            target_metadata=Record.metadata,
            render_as_batch=True,
            transaction_per_migration=True,
        )
        with context.begin_transaction():
            context.run_migrations()


run()
