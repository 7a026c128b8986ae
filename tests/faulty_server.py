"""A web server on this machine that answers as it is told to, right or wrong."""

import re
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


@dataclass(frozen=True)
class Answer:
    """What is said to one request."""

    body: bytes = field(default=b"", repr=False)
    status: int = 200
    ranges: bool = True
    """Whether a request for the rest of the file is understood; otherwise all of it comes."""

    etag: str | None = None
    length: int | None = None
    """The Content-Length that is claimed; None for the true one, -1 for none."""

    cut: int | None = None
    """Break the connection after so many bytes of what was to come."""

    stall: bool = False
    """Say nothing more from there on, until the client has gone."""

    location: str | None = None
    kind: str = "application/octet-stream"


@dataclass
class Server:
    """A running server; its answers are given in turn, the last one for ever."""

    url: str
    answers: list[Answer]
    asked: list[str | None] = field(default_factory=list)
    """The Range of each request; None for the whole file."""

    on_answer: Callable[[Answer], object] = lambda _: None
    """Called when all of an answer that will come has been sent."""

    closing: threading.Event = field(default_factory=threading.Event)


@contextmanager
def serving(*answers: Answer) -> Iterator[Server]:
    """Serve at `server.url` until the end of the `with` block."""
    with ThreadingHTTPServer(("127.0.0.1", 0), _Handler) as http:
        server = Server(f"http://127.0.0.1:{http.server_port}/weights.h5", list(answers))
        http.told = server  # type: ignore[attr-defined]
        thread = threading.Thread(target=http.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.closing.set()
            http.shutdown()
            thread.join()


class _Handler(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        server: Server = self.server.told  # type: ignore[attr-defined]
        server.asked.append(self.headers.get("Range"))
        answer = server.answers.pop(0) if len(server.answers) > 1 else server.answers[0]
        start = self._start(answer)
        if start and start >= len(answer.body):
            self.send_response(416)
            self.send_header("Content-Range", f"bytes */{len(answer.body)}")
            self.end_headers()
            return
        body = answer.body[start or 0 :]
        self.send_response(206 if start else answer.status)
        if start:
            self.send_header("Content-Range", f"bytes {start}-{len(answer.body) - 1}/{len(answer.body)}")
        self._send_head(answer, body)
        with suppress(ConnectionError):  # whoever has heard enough hangs up
            self.wfile.write(body[: answer.cut])
        server.on_answer(answer)
        if answer.stall:
            server.closing.wait()

    def _start(self, answer: Answer) -> int | None:
        """Where to go on; None for the beginning."""
        asked = re.fullmatch(r"bytes=(\d+)-", self.headers.get("Range", ""))
        condition = self.headers.get("If-Range")
        if asked and answer.ranges and answer.status == 200 and condition in (None, answer.etag):
            return int(asked[1])
        return None

    def _send_head(self, answer: Answer, body: bytes) -> None:
        self.send_header("Content-Type", answer.kind)
        if answer.length != -1:
            self.send_header("Content-Length", str(len(body) if answer.length is None else answer.length))
        if answer.etag:
            self.send_header("ETag", answer.etag)
        if answer.location:
            self.send_header("Location", answer.location)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Requests are not printed."""
