"""Embeddings files made to do harm: nothing in them runs, and they are refused by name."""

import builtins
import os
import pickle
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from sortbyface.exchange.embeddings_pickle import read_embeddings
from tests.conftest import CHECKOUT
from tests.exchange.pickles import pickled, refused

CANARY = "canary"
COMMAND = f"echo ran > {CANARY}"


class Call:
    """Pickles as a call of a function, made when the pickle is loaded."""

    def __init__(self, function: Callable[..., Any], *arguments: Any, state: Any = None) -> None:
        self.call = (function, arguments) if state is None else (function, arguments, state)

    def __reduce__(self) -> Any:
        return self.call


SYSTEM = Call(os.system, COMMAND)
RECONSTRUCT, SCALAR = np._core.multiarray._reconstruct, np._core.multiarray.scalar  # type: ignore[attr-defined]


def embedding(value: Any) -> list[dict[str, Any]]:
    return [{"path": "a.jpg", "embedding": value}]


def beside(value: Any) -> list[dict[str, Any]]:
    """A good file, but for something more."""
    return [{"path": "a.jpg", "embedding": [0.6, 0.8], "more": value}]


HARMFUL = {
    "os.system": SYSTEM,
    "os.system in an embedding": embedding(SYSTEM),
    "os.system in a path": [{"path": SYSTEM, "embedding": [1.0]}],
    "eval": beside(Call(eval, f"__import__('os').system({COMMAND!r})")),
    "exec": beside(Call(exec, f"import os; os.system({COMMAND!r})")),
    "getattr": beside(Call(getattr, builtins.int, "from_bytes")),
    "subprocess": beside(Call(subprocess.Popen, COMMAND, False, None, None, None, None, None, True, True)),
    "open": beside(Call(open, CANARY, "w")),
    "numpy.load": beside(Call(np.load, "other.pickle", None, True)),
    "numpy.memmap": beside(Call(np.memmap, CANARY, "u1", "w+", 0, (8,))),
    "numpy.fromfile": beside(Call(np.fromfile, "/etc/hostname", "u1")),
    "a path object": beside(Path("a.jpg")),
    "an array of plain objects": beside(np.array([1.0, None], dtype=object)),
    "an array of objects": beside(np.array([SYSTEM], dtype=object)),
    "a record with an object": beside(np.array([(1.0, SYSTEM)], dtype=[("x", "f4"), ("y", object)])),
    "a scalar of objects": beside(Call(SCALAR, np.dtype("O"), pickle.dumps(SYSTEM))),
    "an array subclass": beside(np.ma.masked_array([1.0, 2.0])),
    "an array kept in a file": beside(Call(RECONSTRUCT, np.memmap, (0,), b"b")),
    "an array that is none": beside(Call(RECONSTRUCT, np.dtype, (0,), b"b")),
}

SPELLED_OUT = {
    "posix.system": f"cposix\nsystem\n(S'{COMMAND}'\ntR.",
    "nt.system": f"cnt\nsystem\n(S'{COMMAND}'\ntR.",
    "os.system by INST": f"(S'{COMMAND}'\nios\nsystem\n.",
    "copyreg": f"ccopyreg\n_reconstructor\n(cos\nsystem\nS'{COMMAND}'\nNtR.",
    "Python 2's builtins": f'c__builtin__\neval\n(S\'__import__("os").system("{COMMAND}")\'\ntR.',
    "our own module": "csortbyface.exchange.embeddings_pickle\nos.system\n.",
    "numpy's neighbour": f"cnumpy.f2py.diagnose\nrun_command\n(S'{COMMAND}'\ntR.",
    "a method by a dotted name": "\x80\x04\x8c\x05numpy\x8c\x0fndarray.tofile\x93.",
    "an importer": f"cnumpy\nload\n(S'{CANARY}'\ntR.",
    "a persistent id": f"P{CANARY}\n.",
    "a persistent id of any kind": "\x80\x04NQ.",
    "an extension": "\x82\x01.",
    "another codec": "c_codecs\nencode\n(S'abc'\nS'utf-16'\ntR.",
    "a transforming codec": "c_codecs\nencode\n(S'abc'\nS'rot13'\ntR.",
    "a decoder": "c_codecs\ndecode\n(S'abc'\nS'latin1'\ntR.",
}


@pytest.fixture(autouse=True)
def nothing_ran(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """What any of these files would do leaves a file."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "other.pickle").write_bytes(pickle.dumps(SYSTEM))
    yield
    assert not (tmp_path / CANARY).exists()


def test_the_canary_would_tell() -> None:
    pickle.loads(pickle.dumps(SYSTEM))
    assert Path(CANARY).exists()
    Path(CANARY).unlink()


@pytest.mark.parametrize("protocol", range(pickle.HIGHEST_PROTOCOL + 1))
@pytest.mark.parametrize("content", HARMFUL.values(), ids=HARMFUL)
def test_a_call_is_refused(content: Any, protocol: int, tmp_path: Path) -> None:
    refused(pickled(tmp_path, content, protocol))


@pytest.mark.parametrize("text", SPELLED_OUT.values(), ids=SPELLED_OUT)
def test_a_call_spelled_out_is_refused(text: str, tmp_path: Path) -> None:
    refused(before_a_good_file(text, tmp_path))


def test_only_what_is_spelled_out_there_is_refused(tmp_path: Path) -> None:
    assert read_embeddings(before_a_good_file("S'harmless'\n.", tmp_path)).paths == ["a.jpg"]
    assert read_embeddings(pickled(tmp_path, beside("harmless"))).paths == ["a.jpg"]


def before_a_good_file(text: str, folder: Path) -> Path:
    """The good file's opcodes follow on those of the text, whose result is taken from the stack."""
    path = folder / "embeddings.pickle"
    path.write_bytes(text.encode("latin1").removesuffix(b".") + pickle.POP + pickle.dumps(beside(None), 0))
    return path


# --- memory -------------------------------------------------------------------------------------------------------

READ = """
import sys
from pathlib import Path
from sortbyface.errors import EmbeddingsUnreadable
from sortbyface.exchange.embeddings_pickle import read_embeddings
from tests.memory import peak_memory

try:
    read_embeddings(Path(sys.argv[1]))
except EmbeddingsUnreadable:
    print(peak_memory())
"""

FAR_AWAY = Call(np.dtype, "V8", False, True, state=(3, "|", None, ("a",), {"a": (np.dtype("f8"), 2**31 - 64)}, 8, 1, 0))

MEMORY = {
    "an address in the place of an object": pickle.dumps(embedding(Call(np.ndarray, (1,), "O", b"A" * 8))),
    "a field beyond the end of its record": pickle.dumps(
        embedding(Call(RECONSTRUCT, np.ndarray, (0,), b"b", state=(1, (1,), FAR_AWAY, False, b"12345678"))), protocol=2
    ),
    "one byte, many times over": pickle.dumps(embedding(Call(np.ndarray, (3 * 10**8,), "i1", b"\1", 0, (0,)))),
    "a vast array of nothing": pickle.dumps(embedding(Call(np.ndarray, (3 * 10**8,), "i1"))),
    "a note under a large number": b"\x80\x04Nr\xff\xff\xff\x07.",
}


@pytest.mark.parametrize("data", MEMORY.values(), ids=MEMORY)
def test_memory_is_neither_touched_nor_filled(data: bytes, tmp_path: Path) -> None:
    """In a process of its own, which such a file could end."""
    path = tmp_path / "embeddings.pickle"
    path.write_bytes(data)
    done = subprocess.run(
        [sys.executable, "-c", READ, str(path)], cwd=CHECKOUT, capture_output=True, text=True, timeout=120, check=False
    )
    assert done.returncode == 0, "the reader was ended by the file"
    assert done.stdout, "the file was read"
    assert int(done.stdout) < 700e6
