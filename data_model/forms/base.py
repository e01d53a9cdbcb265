"""A form: its fields, its checks, and how what is wrong with one is said."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar, get_args

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, ValidationError
from pydantic.fields import FieldInfo

from data_model.vocabulary import Word
from inspect_app.errors import Refusal


class Form(BaseModel):
    """The base of every form: unknown fields are refused, text is trimmed, nothing changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _blank_as_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Text = Annotated[str | None, BeforeValidator(_blank_as_none)]
"""Free text that may be left out; blanks count as left out."""

A_DATE = "expected a date written as year, month and day, such as 2026-11-09"
A_NUMBER = "expected a whole number"
EXPECTED = {
    "date_from_datetime_parsing": A_DATE,
    "date_parsing": A_DATE,
    "date_type": A_DATE,
    "int_parsing": A_NUMBER,
    "int_from_float": A_NUMBER,
    "int_type": A_NUMBER,
    "extra_forbidden": "this form has no such field",
}


def once_each(values: tuple[Any, ...]) -> tuple[Any, ...]:
    """Return the values, each once, in the order they were given."""
    return tuple(dict.fromkeys(values))


Several = Annotated[tuple[str, ...], AfterValidator(once_each)]
"""Codes chosen from a list, each once, in the order they were given."""

FormType = TypeVar("FormType", bound=Form)


def checked(form: type[FormType], sent: Mapping[str, Any]) -> FormType:
    """Return the form filled with what was sent; raises Refusal naming every wrong field."""
    try:
        return form.model_validate(dict(sent))
    except ValidationError as problem:
        said = [_problem(form, sent, dict(error)) for error in problem.errors()]
        raise Refusal(
            " ".join(said), "Mend this and send it again; nothing was saved.", problems=said
        ) from None


def _problem(form: type[Form], sent: Mapping[str, Any], error: dict[str, Any]) -> str:
    place = list(error["loc"])
    title = _title(form, sent, place) or "The form"
    if error["type"] == "value_error":
        return f"{title}: {error['ctx']['error']}."
    if error["type"] == "missing" or error["input"] is None:
        return f"{title}: nothing was given, and it is needed."
    said = "" if isinstance(error["input"], dict | list) else f" It said {error['input']!r}."
    return f"{title}: {_expected(form, place, error)}.{said}"


def _title(form: type[Form], sent: Any, place: list[str | int]) -> str:
    """Name a field by the titles on the way to it; a line among several by its theme or number."""
    names: list[str] = []
    kind: type[Form] | None = form
    for part in place:
        sent = _inside(sent, part)
        field = kind.model_fields.get(str(part)) if kind else None
        if isinstance(part, int):
            names.append(str(_inside(sent, "theme") or part + 1))
        else:
            names.append((field.title if field else None) or part.replace("_", " "))
            kind = _form_of(field)
    return ", ".join(names)


def _inside(sent: Any, part: str | int) -> Any:
    try:
        return sent[part]
    except (KeyError, IndexError, TypeError):
        return None


def _form_of(field: FieldInfo | None) -> type[Form] | None:
    found = get_args(field.annotation) if field else ()
    return next((k for k in found if isinstance(k, type) and issubclass(k, Form)), None)


def _expected(form: type[Form], place: list[str | int], error: dict[str, Any]) -> str:
    words = next((w for w in _words(form, place)), None)
    if error["type"] == "enum" and words:
        return "expected one of " + ", ".join(str(word) for word in words)
    plain = EXPECTED.get(error["type"])
    return plain or str(error["msg"][0].lower() + error["msg"][1:])


def _words(form: type[Form], place: list[str | int]) -> list[type[Word]]:
    field = form.model_fields.get(str(place[0])) if place else None
    found = getattr(field.annotation, "__args__", (field.annotation,)) if field else ()
    return [kind for kind in found if isinstance(kind, type) and issubclass(kind, Word)]
