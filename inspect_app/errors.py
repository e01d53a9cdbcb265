"""Refusals: a person asked for what cannot be done, and is told what to do instead."""


class Refusal(Exception):
    """A request that cannot be done; says which thing, why, and what would work.

    `summary` names the thing and what is wrong, `advice` says what to do next, and
    `facts` holds the values behind both, for a page or a caller to use. A refusal
    raised inside a transaction leaves nothing changed.
    """

    def __init__(self, summary: str, advice: str, **facts: object) -> None:
        super().__init__(f"{summary} {advice}")
        self.summary = summary
        self.advice = advice
        self.facts = facts


class NotAllowed(Refusal):
    """The person's role or organisation does not allow this."""


class NotFound(Refusal):
    """There is no such thing, or none that this person may see."""


class Conflict(Refusal):
    """Someone else changed the same record; `facts` has both texts, field by field."""


class NotAdmitted(Refusal):
    """Whoever asks is not let in: unknown, ended, or what their provider says does not do."""


class SignInAgain(Refusal):
    """The sign-in is over: too old, expired, or signed out; what is typed stays where it is."""


class NotNow(Refusal):
    """The database or its disk cannot do this at this moment; nothing is wrong with the request."""
