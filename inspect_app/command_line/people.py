"""People at the command line: the first administrator, and whoever must be let in or kept out."""

import argparse
import os
from typing import Any

from data_model.database import Database
from data_model.forms import IdentityForm, InvitationForm, PersonForm, checked
from data_model.vocabulary import Role
from inspect_app.command_line.verbs import DONE, Run, opened, verb
from inspect_app.errors import Refusal
from inspect_app.services import people, people_keeping
from inspect_app.services.people_keeping import Account
from inspect_app.sign_in_settings import SignInSettings, found
from inspect_app.signed_in import SignedIn

ROLES = [str(role) for role in Role]


def add_person(verbs: Any) -> None:
    """Add the command that keeps accounts."""
    says = "keep accounts: who may sign in, as what, and for which organisation"
    parser = verbs.add_parser("person", help=says, description=says[0].upper() + says[1:] + ".")
    held = parser.add_subparsers(title="what to do", metavar="WHAT", required=True)
    _add_add(held)
    _what(held, "list", _list, "list everybody, with roles and how they sign in")
    _about(held, "end", _end, "end an account; nothing is deleted").add_argument(
        "--because", metavar="TEXT", required=True, help="the reason, for the trail"
    )
    _about(held, "organisation", _move, "move somebody to another organisation").add_argument(
        "organisation", metavar="ORGANISATION", help="its code"
    )
    _about(held, "invite", _invite, "recognise somebody by their address once more").add_argument(
        "--mail", metavar="ADDRESS", help="their address, if it is another now"
    )
    _about(held, "link", _link, "say who somebody is to the provider").add_argument(
        "subject", metavar="SUBJECT", help="as the provider shows it"
    )
    _about(held, "unlink", _unlink, "forget who somebody is to the provider")
    _add_role(held)


def _add_add(held: Any) -> None:
    parser = _about(held, "add", _add, "add somebody; with --mail they can sign in at once")
    parser.add_argument("name", metavar="NAME", help="as it is to be shown")
    parser.add_argument("--organisation", metavar="CODE", required=True)
    parser.add_argument("--mail", metavar="ADDRESS", help="recognises them the first time")
    parser.add_argument("--role", metavar="ROLE", choices=ROLES, nargs="+", action="extend")
    parser.add_argument("--administrator", action="store_true", help="the role administrator")


def _add_role(held: Any) -> None:
    parser = held.add_parser("role", help="give somebody a role, or take it away")
    what = parser.add_subparsers(title="what to do", metavar="WHAT", required=True)
    for name, run, says in (
        ("add", _give, "give somebody a role"),
        ("remove", _take, "take a role from somebody"),
    ):
        _about(what, name, run, says).add_argument("role", metavar="ROLE", choices=ROLES)


def _about(held: Any, name: str, run: Run, says: str) -> argparse.ArgumentParser:
    parser = _what(held, name, run, says)
    parser.add_argument("code", metavar="PERSON", help="their code, such as meinir-lewis")
    return parser


def _what(held: Any, name: str, run: Run, says: str) -> argparse.ArgumentParser:
    parser = verb(held, name, run, says)
    parser.add_argument(
        "--as", metavar="PERSON", dest="person", help="who does it, else whoever runs this command"
    )
    return parser


def _acting(asked: argparse.Namespace, database: Database) -> SignedIn:
    return people.acting(asked.person, database) if asked.person else people.keeper(database)


def _add(asked: argparse.Namespace) -> int:
    roles = [*(asked.role or ()), *([str(Role.ADMINISTRATOR)] if asked.administrator else ())]
    sent = {"code": asked.code, "name": asked.name, "organisation": asked.organisation}
    form = checked(PersonForm, {**sent, "mail": asked.mail, "roles": roles})
    with opened(asked) as database:
        people_keeping.add(form, by=_acting(asked, database))
    how = "recognised by their address the first time" if asked.mail else "not invited yet"
    print(f"Added {form.name} ({form.code}), {how}.")
    return DONE


def _list(asked: argparse.Namespace) -> int:
    with opened(asked) as database:
        for account in people_keeping.listed(by=_acting(asked, database)):
            print(_line(account))
    return DONE


def _line(account: Account) -> str:
    roles = ", ".join(role.english.lower() for role in account.roles) or "no role"
    return (
        f"{account.code}: {account.name}, {account.organisation_name}; {roles}; {account.signs_in}"
    )


def _end(asked: argparse.Namespace) -> int:
    with opened(asked) as database:
        people_keeping.end(asked.code, asked.because, by=_acting(asked, database))
    print(f"The account of {asked.code} has ended.")
    return DONE


def _move(asked: argparse.Namespace) -> int:
    with opened(asked) as database:
        people_keeping.move(asked.code, asked.organisation, by=_acting(asked, database))
    print(f"{asked.code} belongs to {asked.organisation} now.")
    return DONE


def _invite(asked: argparse.Namespace) -> int:
    form = checked(InvitationForm, {"mail": asked.mail})
    with opened(asked) as database:
        people_keeping.invite(asked.code, form, by=_acting(asked, database))
    print(f"{asked.code} is recognised by their address the next time they sign in.")
    return DONE


def _link(asked: argparse.Namespace) -> int:
    provider = found(os.environ)
    if not isinstance(provider, SignInSettings):
        raise Refusal("No provider is set up here.", "Set it up first: see docs/sign-in.md.")
    form = checked(IdentityForm, {"subject": asked.subject})
    with opened(asked) as database:
        people_keeping.link(asked.code, form, provider.issuer, by=_acting(asked, database))
    print(f"{asked.code} is linked to {form.subject} at {provider.issuer}.")
    return DONE


def _unlink(asked: argparse.Namespace) -> int:
    with opened(asked) as database:
        people_keeping.unlink(asked.code, by=_acting(asked, database))
    print(f"{asked.code} is linked to no identity now.")
    return DONE


def _give(asked: argparse.Namespace) -> int:
    with opened(asked) as database:
        people_keeping.give_role(asked.code, Role(asked.role), by=_acting(asked, database))
    print(f"{asked.code} has the role {asked.role} now.")
    return DONE


def _take(asked: argparse.Namespace) -> int:
    with opened(asked) as database:
        people_keeping.take_role(asked.code, Role(asked.role), by=_acting(asked, database))
    print(f"{asked.code} has the role {asked.role} no more.")
    return DONE
