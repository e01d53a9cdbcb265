"""Each page run is counted and noted in the log: how long, which page, what came of it."""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass

import streamlit as st

from inspect_app import logs, monitoring
from inspect_app.errors import Refusal
from inspect_app.signed_in import SignedIn

SESSION = "log_session"


@dataclass
class Run:
    """A page run while it lasts; `kind` is the class of what went wrong, if anything did."""

    outcome: str = "shown"
    kind: str = "none"


_now: ContextVar[Run | None] = ContextVar("page run", default=None)


@contextmanager
def watched(page: str, me: SignedIn) -> Iterator[None]:
    """Time what is drawn inside, and say what came of it; nothing that is raised is kept back."""
    run, began = Run(), time.perf_counter()
    token = _now.set(run)
    try:
        yield
    except Exception as problem:
        run.outcome, run.kind = "failed", type(problem).__name__
        monitoring.FAILURES.labels(run.kind).inc()
        raise
    except BaseException:
        # How Streamlit ends a run, to begin it again or to leave it there.
        run.outcome = "again"
        raise
    finally:
        _now.reset(token)
        _say(page or "home", me, run, time.perf_counter() - began)


def refused(problem: Refusal) -> None:
    """Count a refusal that is shown to a person; its words stay with them."""
    kind = type(problem).__name__
    monitoring.REFUSALS.labels(kind).inc()
    run = _now.get()
    if run is not None:
        run.outcome, run.kind = "refused", kind


def _say(page: str, me: SignedIn, run: Run, seconds: float) -> None:
    monitoring.PAGE_RUNS.labels(page, run.outcome).inc()
    monitoring.PAGE_SECONDS.labels(page).observe(seconds)
    logs.say(
        "page-run",
        session=_session(),
        roles=";".join(sorted(me.standing.roles)),
        page=page,
        outcome=run.outcome,
        kind=run.kind,
        seconds=round(seconds, 3),
    )


def _session() -> str:
    """Return this browser session's number: random, kept nowhere else, gone with the sign-out."""
    number: str = st.session_state.setdefault(SESSION, secrets.token_hex(4))
    return number
