"""An event loop that ends in good order when the process is asked to."""

from __future__ import annotations

import asyncio
import signal
from collections.abc import Awaitable, Callable
from contextlib import suppress

from reader.cli.setting import TERMINATED

__all__ = ["run_until_done"]


def run_until_done(session: Callable[[], Awaitable[int]]) -> int:
    """Run to the end; after SIGTERM what is open is closed first.

    Raises:
        KeyboardInterrupt: after SIGINT, when everything is closed.

    """
    is_terminated = False

    async def watched() -> int:
        nonlocal is_terminated
        task = asyncio.ensure_future(session())

        def terminate() -> None:
            nonlocal is_terminated
            is_terminated = True
            task.cancel()

        with suppress(NotImplementedError, ValueError, RuntimeError):  # not on Windows, nor outside the main thread
            asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, terminate)
        return await task

    try:
        return asyncio.run(watched())
    except asyncio.CancelledError:
        if is_terminated:
            return TERMINATED
        raise KeyboardInterrupt from None
