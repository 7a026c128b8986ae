"""What is not the published file never gets its name, and what else goes wrong is told."""

import errno
import os
import shutil
from collections import namedtuple
from pathlib import Path

import pytest

from sortbyface.errors import ModelUnusable
from sortbyface.jobs.models import fetch_model
from sortbyface.networks import fetching, weights
from sortbyface.networks.fetching import Patience
from tests.faulty_server import Answer, Server, serving
from tests.networks.catalogues import (
    BEGUN,
    CONTENT,
    FIRST,
    OTHER,
    RIGHT,
    WHOLE,
    entry,
    fetch,
    installed,
    publish,
    refused,
)

WEB_PAGE = Answer(b"<html>Please log in</html>", kind="text/html; charset=utf-8", ranges=False)


# --- refused ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [len(OTHER), None], ids=["size known", "size unknown"])
@pytest.mark.parametrize("trouble", [Answer(OTHER), Answer(OTHER, length=-1)], ids=["known length", "unknown length"])
def test_another_file_is_not_kept(models: Path, trouble: Answer, size: int | None) -> None:
    with serving(trouble) as server:
        words = refused(models, server, size=size)

    assert "SHA-256" in words
    assert installed(models) == {}
    assert server.asked == [None]


IMPOSTORS = {
    "a login page": WEB_PAGE,
    "a shorter file": Answer(CONTENT[:-1]),
    "a far shorter file": Answer(CONTENT[:99]),
    "a longer file": Answer(CONTENT + b"more"),
    "a longer file, without ranges": Answer(CONTENT + b"more", ranges=False),
    "more is promised": Answer(CONTENT, length=len(CONTENT) + 5, ranges=False),
    "less is promised": Answer(CONTENT, length=len(CONTENT) - 5, ranges=False),
    "not found": Answer(b"not here", status=404),
    "forbidden": Answer(b"not for you", status=403),
    "leads to a file of this computer": Answer(status=302, location="file:///etc/hostname"),
    "leads to another protocol": Answer(status=302, location="ftp://127.0.0.1/weights.h5"),
    "leads in a circle": Answer(status=302, location="/weights.h5"),
}


@pytest.mark.parametrize("left", [{}, BEGUN], ids=["", "with a download begun"])
@pytest.mark.parametrize("trouble", IMPOSTORS.values(), ids=IMPOSTORS)
def test_what_is_not_the_file_is_refused_at_once(models: Path, left: dict[str, bytes], trouble: Answer) -> None:
    """And a download that was begun is kept: it may be a passing fault, such as a hotel's login page."""
    for name, content in left.items():
        (models / name).write_bytes(content)
    with serving(trouble) as server:
        refused(models, server)

    assert installed(models) == left
    assert len(server.asked) == 1 or trouble.location == "/weights.h5"


def test_a_login_page_costs_nothing_where_the_size_is_not_known(models: Path) -> None:
    (models / "weights.h5.part").write_bytes(CONTENT[:FIRST])
    with serving(WEB_PAGE) as server:
        assert "web page" in refused(models, server, size=None)

    assert installed(models) == BEGUN


def test_a_longer_answer_is_not_read_beyond_the_file(models: Path) -> None:
    """The file is whole and right; what follows it is nobody's."""
    with serving(Answer(CONTENT + bytes(50_000_000), length=-1)) as server:
        fetch(models, server)

    assert installed(models) == WHOLE


def test_an_answer_without_an_end_is_given_up(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fetching, "_MOST_BYTES", 200_000)
    with serving(Answer(CONTENT * 3, length=-1)) as server:
        assert "200,000 bytes" in refused(models, server, size=None)

    assert installed(models) == {}


@pytest.mark.parametrize("ranges", [True, False])
def test_more_is_promised_than_there_is(models: Path, ranges: bool) -> None:
    """Of a file whose size is not known, all has come: its SHA-256 says so, whatever the server does."""
    with serving(Answer(CONTENT, length=len(CONTENT) + 5, ranges=ranges)) as server:
        fetch(models, server, size=None)

    assert installed(models) == WHOLE


def test_less_is_promised_than_there_is(models: Path) -> None:
    with serving(Answer(CONTENT, length=len(CONTENT) - 5)) as server:
        refused(models, server, size=None)

    assert installed(models) == {}


def test_nobody_is_there(models: Path) -> None:
    with serving(RIGHT) as server:
        pass

    assert "cannot be reached" in refused(models, server)
    assert installed(models) == {}


def test_nothing_is_ever_said(models: Path) -> None:
    with serving(Answer(CONTENT, cut=0, stall=True)) as server:
        refused(models, server, stall=0.5)

    assert installed(models) == {}


@pytest.mark.parametrize("url", ["file:///etc/hostname", "ftp://127.0.0.1/weights.h5", "data:,weights"])
def test_only_the_web_is_downloaded_from(models: Path, url: str) -> None:
    refused(models, Server(url, []))

    assert installed(models) == {}


# --- this computer ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("what", ["a file", "a folder"])
def test_what_has_the_name_stays(models: Path, what: str) -> None:
    path = models / "weights.h5"
    if what == "a file":
        path.write_bytes(b"my own")
    else:
        path.mkdir()
    with serving(RIGHT) as server:
        publish(models, entry(url=server.url))
        with pytest.raises(ModelUnusable, match=r"in the way.*move it away") as refusal:
            fetch_model("face")

    assert str(path) in str(refusal.value)
    assert server.asked == []
    assert installed(models) == ({"weights.h5": b"my own"} if what == "a file" else {})


def test_a_name_that_is_taken_meanwhile_is_not_overwritten(models: Path) -> None:
    with serving(RIGHT) as server:
        server.on_answer = lambda _: (models / "weights.h5").write_bytes(b"somebody was faster")
        publish(models, entry(url=server.url))
        with pytest.raises(ModelUnusable, match="taken meanwhile"):
            fetch_model("face", patience=Patience(pause=0))

    assert installed(models) == {"weights.h5": b"somebody was faster", "weights.h5.part": CONTENT}


def test_no_room(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (models / "weights.h5.part").write_bytes(CONTENT[:FIRST])
    free = namedtuple("usage", "free")(150_000)
    with serving(RIGHT) as server:
        publish(models, entry(url=server.url))
        with monkeypatch.context() as patch:
            patch.setattr(shutil, "disk_usage", lambda _: free)
            with pytest.raises(ModelUnusable, match=r"0\.2 MB are missing.*room for 0\.1 MB.*make room and run this"):
                fetch_model("face", patience=Patience(pause=0))
        assert installed(models) == BEGUN
        fetch(models, server)

    assert installed(models) == WHOLE


def test_a_disk_that_fills_up(models: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))

    with serving(RIGHT) as server:
        publish(models, entry(url=server.url))
        with monkeypatch.context() as patch:
            patch.setattr(os, "fsync", full)
            with pytest.raises(ModelUnusable, match=r"No space left.*make room"):
                fetch_model("face")
        fetch(models, server)

    assert installed(models) == WHOLE
    assert server.asked == [None], "what had come was whole"


def test_a_folder_that_cannot_be_made(models: Path, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    with serving(RIGHT) as server:
        publish(tmp_path / "Models", entry(url=server.url))
        models.rmdir()
        (tmp_path / "in the way").write_text("")
        monkeypatch.setenv("XDG_DATA_HOME", str(tmp_path / "in the way"))
        monkeypatch.setattr(weights.platformdirs, "user_data_path", lambda *_, **__: tmp_path / "in the way" / "data")
        with pytest.raises(ModelUnusable, match="cannot be written"):
            fetch_model("face")

    assert server.asked == []
