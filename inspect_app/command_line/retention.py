"""Cases whose time has come, on the command line: listed, and erased by two people."""

import argparse
from typing import Any

from inspect_app.command_line.verbs import DONE, opened, verb
from inspect_app.services import people, retention
from inspect_app.services.retention import Kept


def add_retention(verbs: Any) -> None:
    """Add the command that lists and erases cases whose time has come."""
    parser = verb(verbs, "retention", _run, "list cases whose time has come, and erase them")
    parser.add_argument("what", choices=sorted(WHAT), help="erasing is asked for by one person")
    parser.add_argument("inspection", metavar="CODE", nargs="?", default="", help="whose cases")
    parser.add_argument("--as", metavar="PERSON", dest="person", required=True, help="who does it")
    parser.add_argument("--reason", metavar="TEXT", default="", help="why, when it is asked for")


def _run(asked: argparse.Namespace) -> int:
    with opened(asked) as database:
        WHAT[asked.what](asked, people.acting(asked.person, database).through(asked.via))
    return DONE


def _list(_asked: argparse.Namespace, by: Any) -> None:
    held = retention.listed(by=by)
    for each in held:
        print(_line(each))
    if not held:
        print("There is no inspection whose cases you may erase.")


def _line(each: Kept) -> str:
    if each.erased_on:
        stands = f"erased on {each.erased_on}"
    elif each.asked_on:
        stands = f"to be erased, asked for by {each.asked_by} on {each.asked_on}"
    else:
        stands = "may be erased now" if each.due else f"kept until {each.until}"
    return f"{each.inspection}: {each.cases} cases, agreed on {each.agreed_on}, {stands}."


def _ask(asked: argparse.Namespace, by: Any) -> None:
    retention.ask(asked.inspection, asked.reason, by=by)
    print(f"Asked for. Another person erases the cases of {asked.inspection}.")


def _erase(asked: argparse.Namespace, by: Any) -> None:
    cases = retention.erase(asked.inspection, by=by)
    print(f"{cases} cases of {asked.inspection} are erased; what was counted of them stays.")


WHAT = {"list": _list, "ask": _ask, "erase": _erase}
