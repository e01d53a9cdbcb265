"""A form: its fields, its checks, and how what is wrong with one is said."""

from collections.abc import Mapping
from typing import Annotated, Any, TypeVar

from pydantic import BaseModel, BeforeValidator, ConfigDict, ValidationError

from data_model.vocabulary import Word
from inspect_app.errors import Refusal


class Form(BaseModel):
    """The base of every form: unknown fields are refused, text is trimmed, nothing changes."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


def _blank_as_none(value: object) -> object:
    return None if isinstance(value, str) and not value.strip() else value


Text = Annotated[str | None, BeforeValidator(_blank_as_none)]
"""Free text that may be left out; blanks count as left out."""

FormType = TypeVar("FormType", bound=Form)


def checked(form: type[FormType], sent: Mapping[str, Any]) -> FormType:
    """Return the form filled with what was sent; raises Refusal naming every wrong field."""
    try:
        return form.model_validate(dict(sent))
    except ValidationError as problem:
        said = [_problem(form, dict(error)) for error in problem.errors()]
        raise Refusal(
            " ".join(said), "Mend this and send it again; nothing was kept.", problems=said
        ) from None


def _problem(form: type[Form], error: dict[str, Any]) -> str:
    place = [str(part) for part in error["loc"]]
    title = _title(form, place) or "The form"
    if error["type"] == "value_error":
        return f"{title}: {error['ctx']['error']}."
    if error["type"] == "missing":
        return f"{title}: nothing was given, and it is needed."
    said = "" if isinstance(error["input"], dict | list) else f" It said {error['input']!r}."
    return f"{title}: {_expected(form, place, error)}.{said}"


def _title(form: type[Form], place: list[str]) -> str:
    field = form.model_fields.get(place[0]) if place else None
    name = (field.title if field else None) or (place[0].replace("_", " ") if place else "")
    rest = " ".join(part.replace("_", " ") for part in place[1:])
    return f"{name} ({rest})" if rest else name


def _expected(form: type[Form], place: list[str], error: dict[str, Any]) -> str:
    words = next((w for w in _words(form, place)), None)
    if error["type"] == "enum" and words:
        return "expected one of " + ", ".join(str(word) for word in words)
    return str(error["msg"][0].lower() + error["msg"][1:])


def _words(form: type[Form], place: list[str]) -> list[type[Word]]:
    field = form.model_fields.get(place[0]) if place else None
    found = getattr(field.annotation, "__args__", (field.annotation,)) if field else ()
    return [kind for kind in found if isinstance(kind, type) and issubclass(kind, Word)]
