"""What an administrator sends about a person: who they are, where they belong, what they may."""

from typing import Annotated

from pydantic import AfterValidator, Field, StringConstraints

from data_model.forms.base import Form, Text, once_each
from data_model.vocabulary import Role

LONGEST_MAIL = 254
CODE_HELP = "Small letters, digits and hyphens, such as meinir-lewis; it is never changed."


def _mail(value: str | None) -> str | None:
    if value is None:
        return None
    name, _at, host = value.partition("@")
    plain = value.isascii() and value.isprintable() and not set(value) & set(" <>,;\"'()")
    if not plain or not name or "." not in host or "@" in host or len(value) > LONGEST_MAIL:
        message = "expected an address such as meinir.lewis@inspectorate.example"
        raise ValueError(message)
    return value


Mail = Annotated[Text, AfterValidator(_mail)]
Code = Annotated[str, StringConstraints(pattern=r"^[a-z0-9]+(-[a-z0-9]+)*$", max_length=40)]


class PersonForm(Form):
    """Somebody new: a member of staff, never a child."""

    code: Code = Field(title="Code", min_length=2, description=CODE_HELP)
    name: str = Field(title="Name", min_length=2, max_length=120)
    organisation: str = Field(title="Organisation")
    mail: Mail = Field(
        default=None,
        title="E-mail address",
        description="Where their digest goes. It also recognises them the first time they sign "
        "in, if your provider says that the address is theirs.",
    )
    roles: Annotated[tuple[Role, ...], AfterValidator(once_each)] = Field(default=(), title="Roles")


class InvitationForm(Form):
    """The address that somebody is to be recognised by; theirs as it is, where none is given."""

    mail: Mail = Field(default=None, title="E-mail address")


class IdentityForm(Form):
    """Who a person is to the organisation's provider, where no address may say it."""

    subject: str = Field(
        title="Subject",
        min_length=1,
        max_length=255,
        description="As the provider shows it, letter by letter. Somebody who has no account is "
        "shown theirs when they try to sign in.",
    )
