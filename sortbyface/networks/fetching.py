"""Downloading one published file, so that in the end there is that very file, or nothing.

The catalogue knows the file's SHA-256, so whatever servers and lines do on the way is found out at the end.
What came before a break is kept and asked for no more (HTTP ranges, RFC 9110, section 14).
"""

import errno
import http.client
import os
import re
import shutil
import time
from collections.abc import Callable
from dataclasses import dataclass
from http import HTTPStatus
from pathlib import Path
from typing import Any, NoReturn
from urllib import request
from urllib.error import HTTPError, URLError

from sortbyface import __version__
from sortbyface.errors import ModelUnusable
from sortbyface.networks.checksum import sha256_of
from sortbyface.networks.weights import KnownWeights

Progress = Callable[[int, int | None], object]
"""Called with the bytes that are here, and those of the whole file, if that is known."""

_CHUNK = 1 << 18
_MOST_BYTES = 2 << 30
"""Of a file whose size nobody tells."""

_WORTH_ASKING_AGAIN = {HTTPStatus.REQUEST_TIMEOUT, HTTPStatus.TOO_MANY_REQUESTS}


@dataclass(frozen=True)
class Patience:
    """How long to wait, and how often to ask again."""

    stall: float = 30.0
    """Seconds without a byte."""

    attempts: int = 5
    pause: float = 2.0
    """Seconds before the second attempt; a multiple of it before each later one."""


USUAL_PATIENCE = Patience()


class _Interrupted(Exception):
    """It may go on with the next request."""


class _Refused(Exception):
    """Asking again would not help."""


def download(
    weights: KnownWeights,
    part: Path,
    progress: Progress = lambda _done, _total: None,
    patience: Patience = USUAL_PATIENCE,
) -> None:
    """Complete `part`, where an earlier download may have left something, to the whole, verified file.

    Raises ModelUnusable when that fails: then `part` holds what is of use to the next try, or does not exist.
    """
    transfer = _Transfer(weights, part, progress, patience.stall)
    reason = ""
    try:
        for attempt in range(patience.attempts):
            time.sleep(patience.pause * attempt)
            try:
                transfer.go_on()
            except _Interrupted as interruption:
                reason = str(interruption)
            else:
                if transfer.verify():
                    return
                reason = "what came is not the published file (its SHA-256 differs)"
        if part.exists() and sha256_of(part) == weights.sha256:  # the server promised more than there is
            return
    except _Refused as refusal:
        reason = str(refusal)
    except OSError as error:
        remedy = "make room" if error.errno == errno.ENOSPC else "allow writing there"
        raise ModelUnusable(
            f"{error.filename or part}: {error.strerror}; what came is kept. To go on, {remedy} and run this again"
        ) from error
    _give_up(weights, part, reason)


def _give_up(weights: KnownWeights, part: Path, reason: str) -> NoReturn:
    kept = part.stat().st_size if part.exists() else 0
    if kept == 0:
        part.unlink(missing_ok=True)
    again = f"{kept / 1e6:,.1f} MB are kept: run this again to go on. Or" if kept else "Run this again later, or"
    raise ModelUnusable(
        f"{weights.file} was not downloaded: {reason}. {again} download it yourself from {weights.source}, then:"
        " python -m sortbyface models add FILE"
    )


class _Transfer:
    """A file on its way, over as many requests as it takes."""

    def __init__(self, weights: KnownWeights, part: Path, progress: Progress, stall: float) -> None:
        self._weights, self._part, self._progress, self._stall = weights, part, progress, stall
        self._etag: str | None = None
        self._stitched = False
        """Whether the part comes from more than one response, which may have been of different files."""

    def go_on(self) -> None:
        """One request for what is missing. Raises _Interrupted, _Refused, and OSError when the disk is the cause."""
        have = self._part.stat().st_size if self._part.exists() else 0
        if have and have == self._weights.size:
            self._stitched = True
            return
        try:
            response = self._ask(have)
        except HTTPError as error:
            with error:
                self._cope_with(error, have)
            return
        with response:
            self._save(response, *self._agree(response, have))

    def verify(self) -> bool:
        """Whether the part is the published file; otherwise it is removed.

        Raises _Refused when it came in one piece: then the server has another file.
        """
        if sha256_of(self._part) == self._weights.sha256:
            return True
        self._part.unlink()
        if not self._stitched:
            raise _Refused("the file there is not the published one (its SHA-256 differs)")
        return False

    def _ask(self, have: int) -> Any:
        headers = {"Range": f"bytes={have}-"} if have else {}
        if have and self._etag:
            headers["If-Range"] = self._etag
        try:
            return _WEB.open(request.Request(self._weights.url or "", headers=headers), timeout=self._stall)
        except HTTPError:
            raise
        except URLError as error:
            if isinstance(error.reason, OSError):
                raise _Interrupted(f"{self._weights.url} cannot be reached ({error.reason})") from error
            raise _Refused(f"{self._weights.url} leads to where nothing is downloaded from ({error.reason})") from error
        except (OSError, http.client.HTTPException) as error:
            raise _Interrupted(f"{self._weights.url} does not answer ({_words(error)})") from error

    def _cope_with(self, error: HTTPError, have: int) -> None:
        """An answer other than the file. One is good news: that nothing is left beyond what is here."""
        if error.code == HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE and have:
            there = error.headers.get("Content-Range", "").removeprefix("bytes */")
            if there.isdecimal():
                self._check_size(int(there))
            self._stitched = True
            return
        words = f"{error.url} answers {error.code} {http.client.responses.get(error.code, '')}"
        if HTTPStatus.MULTIPLE_CHOICES <= error.code < HTTPStatus.BAD_REQUEST:
            words = f"{error.url} leads nowhere on the web"
        if error.code >= HTTPStatus.INTERNAL_SERVER_ERROR or error.code in _WORTH_ASKING_AGAIN:
            raise _Interrupted(words)
        raise _Refused(words)

    def _agree(self, response: Any, have: int) -> tuple[int, int | None]:
        """Where the response goes on, and how large the whole file is; nothing is lost if it is of no use."""
        if response.headers.get_content_type() == "text/html":
            raise _Refused(f"{response.url} is a web page, not the file")
        etag = response.headers.get("ETag", "")
        start, total = 0, response.headers.get("Content-Length")
        if response.status == HTTPStatus.PARTIAL_CONTENT:
            place = re.fullmatch(r"bytes (\d+)-\d+/(\d+|\*)", response.headers.get("Content-Range", ""))
            if not place or int(place[1]) != have or (self._etag and etag and etag != self._etag):
                self._part.unlink()
                raise _Interrupted("the server goes on elsewhere, or with another file")
            start, total = have, place[2]
        self._etag = etag if etag.startswith('"') else None  # weak ones (W/"…") may stand for other bytes
        size = int(total) if total and total.isdecimal() else None
        if size is not None:
            self._check_size(size)
        return start, size or self._weights.size

    def _check_size(self, size: int) -> None:
        expected = self._weights.size
        if expected not in (None, size):
            raise _Refused(f"{self._weights.url} has {size:,} bytes, and the published file {expected:,}")

    def _save(self, response: Any, start: int, total: int | None) -> None:
        """Add what comes to the part; of a file whose size is known, no byte more than that."""
        free = shutil.disk_usage(self._part.parent).free
        if total is not None and total - start > free:
            words = f"{(total - start) / 1e6:,.1f} MB are missing, and there is room for {free / 1e6:,.1f} MB"
            raise OSError(errno.ENOSPC, words, str(self._part))
        self._stitched = start > 0
        have = start
        with self._part.open("ab" if start else "wb") as file:
            while have != total and (data := self._read(response, _CHUNK if total is None else total - have)):
                have += file.write(data)
                self._progress(have, total)
                if have > _MOST_BYTES:
                    self._part.unlink()
                    raise _Refused(f"{response.url} gives more than {_MOST_BYTES:,} bytes, and no end is in sight")
            file.flush()
            os.fsync(file.fileno())
        if total is not None and have < total:
            raise _Interrupted(f"the connection ended after {have:,} of {total:,} bytes")

    def _read(self, response: Any, most: int) -> bytes:
        try:
            return bytes(response.read1(min(_CHUNK, most)))
        except (OSError, http.client.HTTPException) as error:
            raise _Interrupted(f"the connection broke off ({_words(error)})") from error


def _words(error: Exception) -> str:
    return "nothing came for too long" if isinstance(error, TimeoutError) else str(error) or type(error).__name__


def _web() -> request.OpenerDirector:
    """Of all that urllib can open, only the web: a redirection never leads to this computer's own files."""
    opener = request.OpenerDirector()
    opener.addheaders = [("User-Agent", f"sort-by-face/{__version__}")]
    for handler in (
        request.ProxyHandler,
        request.HTTPHandler,
        request.HTTPSHandler,
        request.HTTPRedirectHandler,
        request.HTTPDefaultErrorHandler,
        request.HTTPErrorProcessor,
        request.UnknownHandler,
    ):
        opener.add_handler(handler())
    return opener


_WEB = _web()
