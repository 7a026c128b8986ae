"""A download ends with the whole published file, however often it is interrupted."""

from pathlib import Path

import pytest

from sortbyface.jobs.models import fetch_model
from sortbyface.networks.fetching import Patience
from sortbyface.networks.weights import weights_in_models
from tests.faulty_server import Answer, serving
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

BROKEN = Answer(CONTENT, cut=FIRST)
STALLED = Answer(CONTENT, cut=FIRST, stall=True)


# --- all is well -----------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [len(CONTENT), None], ids=["size known", "size unknown"])
@pytest.mark.parametrize("length", [None, -1])
def test_a_file_comes(models: Path, size: int | None, length: int | None) -> None:
    """With its size known beforehand, told by the server, both, or neither."""
    with serving(Answer(CONTENT, length=length)) as server:
        result = fetch(models, server, size=size)

    assert installed(models) == WHOLE
    assert server.asked == [None]
    assert result.new
    assert weights_in_models("facenet") == result.path == models / "weights.h5"


def test_progress_goes_from_nothing_to_all(models: Path) -> None:
    seen = []
    with serving(BROKEN, RIGHT) as server:
        publish(models, entry(url=server.url))
        fetch_model("face", lambda done, total: seen.append((done, total)), Patience(pause=0))

    assert seen == sorted(seen)
    assert seen[-1] == (len(CONTENT), len(CONTENT))
    assert {total for _, total in seen} == {len(CONTENT)}


@pytest.mark.parametrize("status", [301, 302, 307, 308])
def test_the_file_lies_elsewhere_on_the_web(models: Path, status: int) -> None:
    with serving(BROKEN, RIGHT) as other, serving(Answer(status=status, location=other.url)) as server:
        fetch(models, server)

    assert installed(models) == WHOLE
    assert other.asked == [None, f"bytes={FIRST}-"]


def test_what_is_there_is_not_asked_for_again(models: Path) -> None:
    (models / "weights.h5").write_bytes(CONTENT)
    with serving(RIGHT) as server:
        result = fetch(models, server)

    assert server.asked == []
    assert not result.new
    assert installed(models) == WHOLE


# --- interrupted, and gone on ----------------------------------------------------------------------------------------


@pytest.mark.parametrize("size", [len(CONTENT), None], ids=["size known", "size unknown"])
@pytest.mark.parametrize("trouble", [BROKEN, STALLED], ids=["broken", "stalled"])
def test_after_a_break_only_the_rest_is_asked_for(models: Path, trouble: Answer, size: int | None) -> None:
    with serving(trouble, RIGHT) as server:
        fetch(models, server, stall=1.0 if trouble.stall else 20.0, size=size)

    assert installed(models) == WHOLE
    assert server.asked == [None, f"bytes={FIRST}-"]


@pytest.mark.parametrize("status", [500, 502, 503, 429, 408])
def test_a_server_that_is_out_of_sorts_is_asked_again(models: Path, status: int) -> None:
    with serving(Answer(b"come back later", status=status), RIGHT) as server:
        fetch(models, server)

    assert installed(models) == WHOLE


@pytest.mark.parametrize(
    "answers",
    [[BROKEN, Answer(CONTENT, cut=0)], [STALLED, Answer(CONTENT, cut=0)], [Answer(CONTENT, cut=FIRST, ranges=False)]],
    ids=["broken", "stalled", "without ranges"],
)
def test_when_it_breaks_again_and_again_the_next_run_goes_on(models: Path, answers: list[Answer]) -> None:
    with serving(*answers) as server:
        words = refused(models, server, stall=1.0)
    assert "0.1 MB are kept: run this again to go on" in words
    assert installed(models) == BEGUN

    with serving(RIGHT) as server:
        fetch(models, server)
    assert server.asked == [f"bytes={FIRST}-"]
    assert installed(models) == WHOLE


def test_a_server_that_knows_no_ranges_starts_afresh(models: Path) -> None:
    with serving(BROKEN, Answer(CONTENT, ranges=False)) as server:
        fetch(models, server)

    assert installed(models) == WHOLE


@pytest.mark.parametrize("etags", [('"a"', '"b"'), (None, None), ('W/"a"', 'W/"b"'), (None, '"b"')])
def test_the_file_is_changed_between_attempts(models: Path, etags: tuple[str | None, str | None]) -> None:
    """Whether or not the server says so, no mixture of both is left."""
    before, after = etags
    with serving(Answer(OTHER, cut=FIRST, etag=before), Answer(CONTENT, etag=after)) as server:
        fetch(models, server)

    assert installed(models) == WHOLE
    if before == '"a"':
        assert len(server.asked) == 2, "an ETag tells it at once"


@pytest.mark.parametrize(
    "left",
    [CONTENT[:FIRST], OTHER[:FIRST], CONTENT, OTHER, CONTENT + b"more", OTHER + b"more", b""],
    ids=["begun", "of another file", "whole", "another file", "too long", "another that is too long", "empty"],
)
@pytest.mark.parametrize("size", [len(CONTENT), None], ids=["size known", "size unknown"])
def test_what_an_earlier_run_left_is_used_if_it_can_be(models: Path, left: bytes, size: int | None) -> None:
    (models / "weights.h5.part").write_bytes(left)
    with serving(RIGHT) as server:
        fetch(models, server, size=size)

    assert installed(models) == WHOLE
    if left == CONTENT and size:
        assert server.asked == []
