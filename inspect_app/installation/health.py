"""A small server for whoever watches this process: does it live, is it ready, what did it count.

It listens on 127.0.0.1 alone, on a port of its own that no proxy hands on, and answers with no
word of a person, a place or a case.
"""

import json
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from prometheus_client import CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.exposition import CONTENT_TYPE_PLAIN_0_0_4
from prometheus_client.registry import Collector
from sqlalchemy import func, select
from sqlalchemy.exc import SQLAlchemyError

from data_model.database import open_database
from data_model.records import AuditEvent
from inspect_app import monitoring
from inspect_app.errors import Refusal
from inspect_app.installation import readiness

HOST = "127.0.0.1"
JSON = "application/json"


@dataclass(frozen=True)
class Answer:
    """What is answered: a status, a media type and the text."""

    status: HTTPStatus
    media_type: str
    body: bytes


@dataclass(frozen=True)
class Measured(Collector):
    """What is looked up when asked for: how long the trail is, how many sessions there are."""

    address: str
    sessions: Callable[[], int]

    def collect(self) -> Iterator[Metric]:
        """Yield each figure; the trail's is left out while the database does not answer."""
        yield GaugeMetricFamily(
            "inspect_app_sessions", "Browser sessions of this process.", value=self.sessions()
        )
        length = _trail_length(self.address)
        if length is not None:
            yield GaugeMetricFamily(
                "inspect_app_trail_events", "Events in the audit trail.", value=length
            )


def _trail_length(address: str) -> int | None:
    try:
        database = open_database(address)
    except Refusal:
        return None
    try:
        with database.plain.connect() as connection:
            return connection.execute(select(func.max(AuditEvent.number))).scalar() or 0
    except SQLAlchemyError:
        return None
    finally:
        database.close()


def begin(port: int, address: str, sessions: Callable[[], int]) -> ThreadingHTTPServer:
    """Answer on this port of this machine, in a thread of its own, and return the server.

    Raises Refusal where the port is taken.
    """
    registry = CollectorRegistry()
    registry.register(Measured(address, sessions))
    places = {
        "/healthz": lambda: Answer(HTTPStatus.OK, JSON, b'{"lives": true}\n'),
        "/readyz": lambda: _ready(address),
        "/metrics": lambda: _counted(registry),
    }
    try:
        server = ThreadingHTTPServer((HOST, port), _handler(places))
    except OSError as problem:
        raise Refusal(
            f"Port {port} of this machine cannot be used for health and metrics: "
            f"{problem.strerror}.",
            "Give each process a port of its own, with --health-port or INSPECT_APP_HEALTH_PORT.",
            port=port,
        ) from None
    threading.Thread(target=server.serve_forever, name="health", daemon=True).start()
    return server


def _ready(address: str) -> Answer:
    parts = readiness.asked(address)
    works = all(part.works for part in parts)
    said = {"ready": works, **{part.name: part.says for part in parts}}
    status = HTTPStatus.OK if works else HTTPStatus.SERVICE_UNAVAILABLE
    return Answer(status, JSON, f"{json.dumps(said)}\n".encode())


def _counted(looked_up: CollectorRegistry) -> Answer:
    text = generate_latest(monitoring.REGISTRY) + generate_latest(looked_up)
    return Answer(HTTPStatus.OK, CONTENT_TYPE_PLAIN_0_0_4, text)


def _handler(places: dict[str, Callable[[], Answer]]) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        timeout = 10

        def do_GET(self) -> None:
            ask = places.get(self.path)
            answer = ask() if ask else Answer(HTTPStatus.NOT_FOUND, JSON, b'{"found": false}\n')
            self.send_response(answer.status)
            self.send_header("Content-Type", answer.media_type)
            self.send_header("Content-Length", str(len(answer.body)))
            self.end_headers()
            self.wfile.write(answer.body)

        def log_message(self, *_said: object) -> None:
            """Write nothing: whoever watches asks every few seconds."""

    return Handler
