"""The invented narratives: claims as their leads wrote them, the publisher's answers, the Welsh."""

from collections.abc import Callable, Iterator
from datetime import datetime

from data_model.database import Database
from data_model.forms import ClaimAnswerForm, ClaimForm, WelshForm, checked
from data_model.records import Claim
from data_model.shipped import Row, several
from inspect_app.services import claims, welsh
from inspect_app.services.sample_recommendations import RecommendationStory
from inspect_app.services.sample_rows import Deed, Turn, acting, given, instant, invented

LISTS = ("themes", "indicators")


class ClaimStory:
    """What each narrative says, what it hangs on, and what was answered for it."""

    def __init__(self, database: Database, recommended: RecommendationStory) -> None:
        """Take what finds a finding by its case; `codes` fills as claims are written."""
        self.database = database
        self._finding = recommended.finding
        self.codes: dict[str, str] = {}

    def told(self) -> Iterator[Deed]:
        """Each claim is written, and answered for where the publisher did; then put into Welsh."""
        for row in invented("claims"):
            yield Deed(instant(row["written_at"]), Turn.CLAIM, self._write(row))
            if row["answer"]:
                yield Deed(instant(row["answered_at"]), Turn.CLAIM, self._answer(row))
        for row in invented("welsh"):
            yield Deed(instant(row["written_at"]), Turn.CLAIM, self._translate(row))

    def _write(self, row: Row) -> Callable[[datetime], None]:
        said = given(row, only=("text", "text_welsh", "direction"))

        def do(at: datetime) -> None:
            by = acting(row["written_by"], self.database, at)
            named = (each.split(":") for each in several(row["findings"]))
            chosen = [self._finding(case, theme, by) for case, theme in named]
            lists = {name: several(row[name]) for name in LISTS}
            form = checked(ClaimForm, {**said, **lists, "findings": chosen})
            self.codes[row["text"]] = claims.write(row["inspection"], form, by=by)

        return do

    def _answer(self, row: Row) -> Callable[[datetime], None]:
        form = checked(ClaimAnswerForm, given(row, only=("answer", "answer_welsh")))

        def do(at: datetime) -> None:
            code = self.codes[row["text"]]
            by = acting(row["answered_by"], self.database, at)
            claims.answer(code, form, self._version(code), by=by)

        return do

    def _version(self, code: str) -> int:
        with self.database.reading() as session:
            return session.get_one(Claim, code).version

    def _translate(self, row: Row) -> Callable[[datetime], None]:
        form = checked(WelshForm, given(row, only=("welsh",)))

        def do(at: datetime) -> None:
            by = acting(row["written_by"], self.database, at)
            held = welsh.texts(row["inspection"], by=by)
            english = next(each.english for each in held if each.key == row["key"])
            welsh.write(row["inspection"], row["key"], form, english, by=by)

        return do
