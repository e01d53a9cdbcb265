"""People who use the product, the organisation each belongs to, and their roles."""

from sqlalchemy import ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from data_model.records.base import Record, WordColumn
from data_model.vocabulary import Role


class Person(Record):
    """A member of staff; never a child. `mail` is where their digest goes, if anywhere."""

    __tablename__ = "person"

    code: Mapped[str] = mapped_column(String(40), primary_key=True)
    name: Mapped[str]
    organisation: Mapped[str] = mapped_column(ForeignKey("organisation.code"))
    mail: Mapped[str | None] = mapped_column(String(254))
    demonstration: Mapped[bool] = mapped_column(default=False)

    roles: Mapped[list["PersonRole"]] = relationship(order_by="PersonRole.role")


class PersonRole(Record):
    """A role a person holds."""

    __tablename__ = "person_role"

    person: Mapped[str] = mapped_column(ForeignKey("person.code"), primary_key=True)
    role: Mapped[Role] = mapped_column(WordColumn(Role), primary_key=True)
