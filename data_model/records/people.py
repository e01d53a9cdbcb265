"""People who use the product, the organisation each belongs to, their roles, how they sign in."""

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from data_model.records.base import Instant, Record, WordColumn
from data_model.vocabulary import Role


class Person(Record):
    """A member of staff; never a child. `mail` is where their digest goes, if anywhere.

    Somebody who left is ended and stays: the trail and the cases name them. Who is invited may
    be recognised by `mail` the first time they sign in, and by their identity from then on.
    """

    __tablename__ = "person"
    __table_args__ = (
        CheckConstraint("(ended_at IS NULL) = (ended_by IS NULL)", name="ended_pair"),
        CheckConstraint("(invited_at IS NULL) = (invited_by IS NULL)", name="invited_pair"),
        CheckConstraint(
            "invited_at IS NULL OR (mail IS NOT NULL AND ended_at IS NULL)",
            name="invited_by_mail_while_here",
        ),
    )

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str]
    organisation: Mapped[str] = mapped_column(ForeignKey("organisation.code"))
    mail: Mapped[str | None] = mapped_column(String(254))
    demonstration: Mapped[bool] = mapped_column(default=False)
    ended_at: Mapped[datetime | None] = mapped_column(Instant)
    ended_by: Mapped[str | None]
    invited_at: Mapped[datetime | None] = mapped_column(Instant)
    invited_by: Mapped[str | None]

    roles: Mapped[list["PersonRole"]] = relationship(
        order_by="PersonRole.role", cascade="all, delete-orphan"
    )
    identity: Mapped["PersonIdentity | None"] = relationship(cascade="all, delete-orphan")


class PersonRole(Record):
    """A role a person holds."""

    __tablename__ = "person_role"

    person: Mapped[str] = mapped_column(ForeignKey("person.code"), primary_key=True)
    role: Mapped[Role] = mapped_column(WordColumn(Role), primary_key=True)


class PersonIdentity(Record):
    """Who a person is to the organisation's provider: at most one for each person.

    `last_issued` is when the provider said who they are, in its own seconds, the last time they
    signed in here; what it said up to `over_until` counts no more, because they signed out.
    """

    __tablename__ = "person_identity"
    __table_args__ = (UniqueConstraint("issuer", "subject"),)

    person: Mapped[str] = mapped_column(ForeignKey("person.code"), primary_key=True)
    issuer: Mapped[str] = mapped_column(String(255))
    subject: Mapped[str] = mapped_column(String(255))
    linked_at: Mapped[datetime] = mapped_column(Instant)
    linked_by: Mapped[str]
    last_issued: Mapped[int | None] = mapped_column(BigInteger)
    over_until: Mapped[int | None] = mapped_column(BigInteger)


class SignInAttempt(Record):
    """How often one address, or one identity, tried to sign in since a moment, and did not.

    `whom` is a digest of either, `begun` in seconds. It is a count and says nothing about what
    the product keeps, so a change of it needs no audit event; it goes when its time is over.
    """

    __tablename__ = "sign_in_attempt"
    __own_notes__ = True

    whom: Mapped[str] = mapped_column(String(64), primary_key=True)
    begun: Mapped[int] = mapped_column(BigInteger)
    tries: Mapped[int]
