"""A connection to a Dask scheduler, or one line that says why there is none."""

import asyncio
import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from importlib import import_module
from typing import Any
from urllib.parse import urlsplit

from sortbyface.errors import ClusterUnusable

CONNECT_SECONDS = 5
"""A scheduler that is there answers within a fraction of one."""


@contextmanager
def connected(address: str) -> Iterator[Any]:
    """A `distributed.Client` of the scheduler at an address. Raises ClusterUnusable within seconds if there is none."""
    try:
        distributed: Any = import_module("distributed")
    except ImportError as error:
        raise ClusterUnusable("a cluster needs Dask; run: pip install 'distributed>=2025.1'") from error
    if not _is_address(address):
        raise ClusterUnusable(f"{address} is no scheduler's address, which looks like tcp://192.168.1.10:8786")
    with _quiet():
        _find_scheduler(address)
        try:
            client = distributed.Client(address, timeout=CONNECT_SECONDS, set_as_default=False)
        except (OSError, ImportError) as error:  # the latter: versions of Dask that do not understand each other
            raise ClusterUnusable(f"the scheduler at {address} cannot be used: {error}") from error
        try:
            yield client
        finally:
            client.close()


def _is_address(text: str) -> bool:
    try:
        parts = urlsplit(text)
        return parts.scheme in ("tcp", "tls") and bool(parts.hostname) and bool(parts.port)
    except ValueError:  # a port beyond 65535
        return False


def _find_scheduler(address: str) -> None:
    """Raises ClusterUnusable unless a scheduler answers: a `Client` would wait for ever for somebody who is silent."""
    from distributed.core import rpc
    from distributed.security import Security

    async def ask() -> Any:
        async with rpc(address, connection_args=Security().get_connection_args("client")) as other:  # type: ignore[no-untyped-call]
            return (await other.identity())["type"]

    async def ask_in_time() -> Any:
        return await asyncio.wait_for(ask(), CONNECT_SECONDS)

    with ThreadPoolExecutor(1) as thread:  # this one may have a loop that runs, as in a notebook
        try:
            kind = thread.submit(lambda: asyncio.run(ask_in_time())).result()
        except Exception as error:  # what others answer may be anything, to Dask's reader as well
            raise ClusterUnusable(
                f"no scheduler answers at {address} within {CONNECT_SECONDS} seconds; is it running? (dask scheduler)"
            ) from error
    if kind != "Scheduler":
        raise ClusterUnusable(f"{address} is the address of a {kind.lower()}; give that of its scheduler")


@contextmanager
def _quiet() -> Iterator[None]:
    """Meanwhile, Dask logs nothing: what matters to the user comes as an exception."""
    handlers = logging.getLogger("distributed").handlers.copy()
    for handler in handlers:
        handler.addFilter(_nothing)
    try:
        yield
    finally:
        for handler in handlers:
            handler.removeFilter(_nothing)


def _nothing(_: logging.LogRecord) -> bool:
    return False
