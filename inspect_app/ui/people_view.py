"""Accounts on the screen: everybody in a table, one account to change, the form for a new one."""

from collections.abc import Callable, Sequence
from functools import partial

import streamlit as st

from data_model.forms import IdentityForm, InvitationForm, PersonForm, checked
from data_model.vocabulary import Role
from inspect_app.errors import NotFound
from inspect_app.services import people_keeping, reference
from inspect_app.services.people_keeping import Account
from inspect_app.signed_in import SignedIn
from inspect_app.ui import forms, markup, provider, session
from inspect_app.ui.forms import Fields, given
from inspect_app.ui.links import go, link
from inspect_app.ui.page import refusals

NEW = "person"


def find(code: str, accounts: Sequence[Account]) -> Account:
    """Return the account that is asked for; raises NotFound where there is none."""
    found = next((each for each in accounts if each.code == code), None)
    if found is None:
        raise NotFound(f"There is no person {code!r}.", "Choose somebody from the list.")
    return found


def everybody(accounts: Sequence[Account]) -> None:
    """Draw everybody in a table, and a choice of whose account to open."""
    here = {each.code: each for each in accounts if each.ended_at is None}
    chosen = st.selectbox(
        "Open the account of",
        list(here),
        index=None,
        format_func=lambda code: markup.plain(f"{here[code].name} ({code})"),
        placeholder="Choose somebody",
    )
    if chosen:
        link(f"Open the account of {markup.plain(here[chosen].name)}", "people", account=chosen)
    markup.show(
        markup.table(
            "Everybody, those who have left last",
            ["Name", "Code", "Organisation", "Roles", "Signs in"],
            (_row(each) for each in accounts),
        )
    )


def _row(account: Account) -> list[object]:
    return [
        account.name,
        account.code,
        account.organisation_name,
        _in_words(account.roles),
        account.signs_in,
    ]


def _in_words(roles: Sequence[Role]) -> str:
    return ", ".join(role.english for role in roles) or "None"


def add(me: SignedIn) -> None:
    """Draw the form that adds somebody."""
    st.subheader("Add somebody", anchor=False)
    fields = Fields(PersonForm, forms.fresh_key(NEW), {})
    sent = {name: fields.ask(name) for name in ("code", "name")}
    sent["organisation"] = fields.ask("organisation", reference.organisations(by=me))
    sent["mail"] = fields.ask("mail")
    sent["roles"] = fields.ask("roles")
    if st.button("Add them", type="primary"):
        with refusals():
            form = checked(PersonForm, given(sent))
            people_keeping.add(form, by=me)
            forms.done(NEW)
            session.say(markup.plain(f"{form.name} is added."))
            go("people", account=form.code)


def one(account: Account, me: SignedIn) -> None:
    """Draw one account, and what may be changed of it."""
    st.subheader(markup.plain(account.name), anchor=False)
    markup.show(
        markup.table(
            "This account",
            ["What", "Is"],
            [
                ["Organisation", account.organisation_name],
                ["Roles", _in_words(account.roles)],
                ["E-mail address", account.mail or "None"],
                ["Signs in", account.signs_in],
            ],
        )
    )
    if account.ended_at is not None:
        st.info("This account has ended. What they did keeps their name.")
        if account.linked:
            _unlink(account, me)
        return
    _roles(account, me)
    _organisation(account, me)
    if not account.demonstration:
        _signing_in(account, me)
    _end(account, me)


def _roles(account: Account, me: SignedIn) -> None:
    st.subheader("Roles", anchor=False)
    for held in account.roles:
        if st.button(f"Take away: {held.english}", key=f"take-{held}"):
            _do(
                partial(people_keeping.take_role, account.code, held, by=me),
                f"{account.name} has the role {held.english} no more.",
                account,
            )
    others = [role for role in Role if role not in account.roles]
    role = st.selectbox(
        "Another role",
        others,
        index=None,
        format_func=lambda each: each.english,
        placeholder="Choose a role",
    )
    if st.button("Give this role", disabled=role is None) and role:
        _do(
            lambda: people_keeping.give_role(account.code, role, by=me),
            f"{account.name} has the role {role.english} now.",
            account,
        )


def _organisation(account: Account, me: SignedIn) -> None:
    st.subheader("Organisation", anchor=False)
    bodies = reference.organisations(by=me)
    body = st.selectbox(
        "Belongs to",
        list(bodies),
        index=list(bodies).index(account.organisation),
        format_func=lambda code: markup.plain(bodies[code]),
    )
    if st.button("Move them there", disabled=body == account.organisation):
        _do(
            lambda: people_keeping.move(account.code, body, by=me),
            f"{account.name} belongs to {bodies[body]} now.",
            account,
        )


def _signing_in(account: Account, me: SignedIn) -> None:
    st.subheader("How they sign in", anchor=False)
    if account.linked or account.invited_at:
        _unlink(account, me)
        return
    mail = st.text_input("E-mail address", value=account.mail or "", key="invite-mail")
    if st.button("Recognise them by this address, once"):
        _do(
            lambda: people_keeping.invite(
                account.code, checked(InvitationForm, {"mail": mail}), by=me
            ),
            f"{account.name} is recognised by this address the next time they sign in.",
            account,
        )
    _link(account, me)


def _unlink(account: Account, me: SignedIn) -> None:
    if st.button("Forget who they are to the provider"):
        said = f"{account.name} is signed out, and is recognised by nothing."
        _do(lambda: people_keeping.unlink(account.code, by=me), said, account)


def _link(account: Account, me: SignedIn) -> None:
    """Offer to link an identity by hand, where there is a provider to have one at."""
    held = provider.settings()
    if held is None:
        return
    subject = Fields(IdentityForm, f"link-{account.code}", {}).ask("subject")
    if st.button("Link this subject"):
        _do(
            lambda: people_keeping.link(
                account.code,
                checked(IdentityForm, given({"subject": subject})),
                held.issuer,
                by=me,
            ),
            f"{account.name} is linked.",
            account,
        )


def _end(account: Account, me: SignedIn) -> None:
    st.subheader("End this account", anchor=False)
    st.caption("They sign in no more, from now on. Nothing that they did is deleted.")
    reason = st.text_input("Why", key="end-reason")
    if st.button("End this account"):
        said = f"The account of {account.name} has ended."
        _do(lambda: people_keeping.end(account.code, reason, by=me), said, account)


def _do(change: Callable[[], None], said: str, account: Account) -> None:
    """Change an account, say so, and draw it anew; or show why not."""
    with refusals():
        change()
        session.say(markup.plain(said))
        go("people", account=account.code)
