"""One person at a browser, as the server sees them: Streamlit's own protocol over a websocket.

A browser asks for a run with the state of its widgets and draws what comes until the run is
finished. This one reads no more of it than it needs, because it shares the machine.
"""

from dataclasses import dataclass, field
from time import monotonic
from types import TracebackType

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from streamlit.util import calc_hash
from websockets.asyncio.client import ClientConnection, connect

FINISHED, AGAIN = ForwardMsg.FINISHED_SUCCESSFULLY, ForwardMsg.FINISHED_EARLY_FOR_RERUN
SHORT = 64
"""The message that says a run is finished is shorter than this; few others are."""

DRAWN_BAD = b"Traceback (most recent call last)"


class WentWrongError(RuntimeError):
    """The page showed an error, or the run did not finish."""


@dataclass
class Person:
    """A browser tab on one page."""

    address: str
    page: str
    query: str = ""
    socket: ClientConnection | None = None
    last: list[bytes] = field(default_factory=list)

    async def __aenter__(self) -> "Person":
        """Open the tab."""
        self.socket = await connect(
            f"{self.address}/_stcore/stream",
            subprotocols=["streamlit"],  # type: ignore[list-item]
            compression=None,
            max_size=None,
            open_timeout=60,
            ping_interval=None,
        )
        return self

    async def __aexit__(
        self, _kind: type | None, _problem: BaseException | None, _trace: TracebackType | None
    ) -> None:
        """Close it."""
        if self.socket is not None:
            await self.socket.close()

    async def act(self, **states: object) -> float:
        """Ask for a run with these widgets changed; return the seconds until it is finished.

        A widget's id is given with what it holds: True for a button that was pressed.
        """
        asked = BackMsg()
        rerun = asked.rerun_script
        rerun.query_string, rerun.page_script_hash = self.query, calc_hash(self.page)
        for name, value in states.items():
            state = rerun.widget_states.widgets.add()
            state.id = name
            if value is True:
                state.trigger_value = True
            else:
                state.string_value = str(value)
        began = monotonic()
        await self._finished(asked)
        return monotonic() - began

    async def _finished(self, asked: BackMsg) -> None:
        assert self.socket is not None  # noqa: S101 - a tab that is open has one
        await self.socket.send(asked.SerializeToString())
        self.last.clear()
        while True:
            data = await self.socket.recv()
            assert isinstance(data, bytes)  # noqa: S101 - nothing else is sent
            self.last.append(data)
            said = _finish(data)
            if said == FINISHED:
                self._look()
                return
            if said not in (None, AGAIN):
                raise WentWrongError(f"a run ended with {said}")

    def _look(self) -> None:
        for data in self.last:
            if DRAWN_BAD in data:
                raise WentWrongError(data.decode(errors="replace")[-2000:])

    def drawn(self, kind: str) -> list[object]:
        """Return the elements of a kind that the last run drew, such as every `radio`."""
        found = []
        for data in self.last:
            message = ForwardMsg.FromString(data)
            element = message.delta.new_element
            if element.WhichOneof("type") == kind:
                found.append(getattr(element, kind))
        return found

    def refused(self) -> list[str]:
        """Return what the last run said in red."""
        alerts = self.drawn("alert")
        return [a.body for a in alerts if a.format == a.ERROR]  # type: ignore[attr-defined]


def _finish(data: bytes) -> int | None:
    if len(data) > SHORT:
        return None
    message = ForwardMsg.FromString(data)
    return message.script_finished if message.WhichOneof("type") == "script_finished" else None


async def sign_in(person: Person, name: str) -> None:
    """Sign a sample person in on the demonstration's page."""
    await person.act()
    (people,) = person.drawn("radio")
    (button,) = [b for b in person.drawn("button") if b.label == "Sign in"]  # type: ignore[attr-defined]
    chosen = next(option for option in people.options if option.startswith(name))  # type: ignore[attr-defined]
    await person.act(**{people.id: chosen, button.id: True})  # type: ignore[attr-defined]


__all__ = ["Person", "WentWrongError", "sign_in"]
