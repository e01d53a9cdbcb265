"""What is said of a return at the command line and on the screen: found, and not checked."""

from collections import Counter
from collections.abc import Iterator

from data_model.vocabulary import Verdict
from inspect_app.services import returns
from inspect_app.services.returns import ReturnValue, Sent
from inspect_app.signed_in import SignedIn


def lines(name: str, came: Sent, *, by: SignedIn) -> Iterator[str]:
    """Yield what came of a file: the cells that cannot be read, or what was found in it."""
    if came.held is None:
        yield f"{name}: nothing was kept, because {len(came.problems)} cells cannot be read."
        yield from (f"  {each.cell} {each.in_words}" for each in came.problems)
        return
    held = returns.view(came.held, by=by)
    yield f"{name}: {came.figures} rows, {came.changed} figures new or different."
    yield f"  {summary(held)}"
    yield from (f"  {each.stage.english}: {each.says}" for each in held.open)


def summary(held: ReturnValue) -> str:
    """Return how many looks found nothing, something, or could not be made."""
    counts = Counter(each.looked for each in held.found)
    said = [f"{words.english.lower()}: {counts[words]}" for words in Verdict if counts[words]]
    return f"Looked at {len(held.found)} times; {', '.join(said)}."
