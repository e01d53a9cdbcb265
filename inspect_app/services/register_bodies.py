"""Which of our bodies a register names: by code, name or a declared name, never by likeness."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from sqlalchemy import select
from sqlalchemy.orm import Session

from data_model.records import Organisation
from inspect_app.errors import Refusal
from inspect_app.services.reference import body_name, is_invented
from inspect_app.services.register_values import UnknownBody
from inspect_app.workbooks.plain_text import alike
from inspect_app.workbooks.registers import Field, RegisterRow

NEAR = 75
OFFERED = 2


@dataclass(frozen=True)
class Bodies:
    """Our bodies by everything they are called, as words are compared; `names` are shown."""

    codes: Mapping[str, str]
    names: Mapping[str, str]
    invented: frozenset[str]

    def mixed(self, codes: Iterable[str]) -> bool:
        """Return whether real and invented bodies stand together in these."""
        return len({code in self.invented for code in codes}) > 1

    def of(self, row: RegisterRow) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """Return the codes of the bodies a row is addressed to, and the names that are none."""
        whole = self.codes.get(alike(row.texts.get(Field.BODY, "")))
        if whole:
            return (whole,), ()
        found = {name: self.codes.get(alike(name)) for name in row.bodies}
        codes = dict.fromkeys(code for code in found.values() if code)
        return tuple(codes), tuple(name for name, code in found.items() if not code)

    def unknown(self, names: Iterable[str]) -> tuple[UnknownBody, ...]:
        """Return the names that are no body of ours, most frequent first, with the nearest."""
        counted = Counter(names).most_common()
        return tuple(UnknownBody(name, n, self.nearest(name)) for name, n in counted)

    def nearest(self, name: str) -> tuple[str, ...]:
        """Return bodies whose names are like this one, for a person to choose from."""
        found = process.extract(
            name, self.names, scorer=fuzz.token_sort_ratio, limit=OFFERED, score_cutoff=NEAR
        )
        return tuple(f"{shown} ({code})" for shown, _score, code in found)


def bodies_of(session: Session, declared: Mapping[str, str]) -> Bodies:
    """Return our bodies with the names that a person declared for them.

    Raises Refusal for a name that is declared for no body of ours.
    """
    held = session.scalars(select(Organisation).order_by(Organisation.code)).all()
    codes: dict[str, str] = {}
    for body in held:
        for said in (body.name, body.name_welsh, body_name(body), body.code):
            if said:
                codes[alike(said)] = body.code
    ours = {body.code for body in held}
    wrong = sorted(set(declared.values()) - ours)
    if wrong:
        raise Refusal(
            f"There is no body {', '.join(map(repr, wrong))}.", "Choose its code from the list."
        )
    codes |= {alike(name): code for name, code in declared.items()}
    invented = frozenset(body.code for body in held if is_invented(body))
    return Bodies(codes, {body.code: body_name(body) for body in held}, invented)
