"""Nothing leaves the computer, and nothing is got ready to."""

import os
import subprocess
import sys
from pathlib import Path

from tests.conftest import CHECKOUT

LOAD_ALL = """
import importlib, pathlib, socket
import sortbyface

def refused(*_):
    raise AssertionError("somebody wants the network")

socket.socket.connect = refused
for command in pathlib.Path(sortbyface.__file__).parent.glob("commands/*.py"):
    importlib.import_module(f"sortbyface.commands.{command.stem}")
import onnxruntime
"""


def test_no_library_of_ours_calls_home(tmp_path: Path) -> None:
    """ONNX Runtime notes who uses it, in a folder of its maker's, and has a thread that sends it off."""
    environment = {**os.environ, "HOME": str(tmp_path), "XDG_CACHE_HOME": str(tmp_path / "cache")}
    environment.pop("ORT_DISABLE_TELEMETRY", None)
    done = subprocess.run(
        [sys.executable, "-c", LOAD_ALL],
        cwd=CHECKOUT,
        env=environment,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )

    assert done.returncode == 0, done.stderr
    assert [path for path in tmp_path.rglob("*") if "Microsoft" in path.parts] == []
