"""A blocking call off the event loop that nothing ever waits for at the end.

The loop's own executor is joined when the program ends: a name server that does not answer would hold up quitting.
"""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Callable
from typing import TypeVar

__all__ = ["in_thread"]

Result = TypeVar("Result")


async def in_thread(call: Callable[[], Result]) -> Result:
    """What the call returns or raises, computed in a daemon thread of its own. Cancelling abandons the thread."""
    loop = asyncio.get_running_loop()
    outcome: asyncio.Future[Result] = loop.create_future()

    def tell(result: Result | None, error: BaseException | None) -> None:
        if outcome.done():
            return
        if error is not None:
            outcome.set_exception(error)
        else:
            outcome.set_result(result)  # type: ignore[arg-type]  # there is a result where there is no error

    def run() -> None:
        result: Result | None = None
        problem: BaseException | None = None
        try:
            result = call()
        except BaseException as error:  # noqa: BLE001  # raised again where it is awaited
            problem = error
        with contextlib.suppress(RuntimeError):  # the loop is closed: nobody waits any more
            loop.call_soon_threadsafe(tell, result, problem)

    threading.Thread(target=run, name="fetch-helper", daemon=True).start()
    return await outcome
