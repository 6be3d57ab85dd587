"""A command gets the text on its standard input and can do no harm by what it prints or how long it takes."""

from __future__ import annotations

import asyncio
import os
import sys
from pathlib import Path

import pytest

from reader.core.piping import MAX_OUTPUT_BYTES, run_command


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


async def test_text_goes_in_and_words_come_out() -> None:
    """That is what a pipe is."""
    ran = await run_command(python("import sys; print(sys.stdin.read().upper())"), "berita é")

    assert ran.output == "BERITA É"
    assert ran.problem == ""


async def test_nothing_in_it_means_anything_to_a_shell(tmp_path: Path) -> None:
    """An argument list is no command line."""
    marker = tmp_path / "ran"
    ran = await run_command([*python("import sys; print(sys.argv[1])"), f"; touch {marker}"], "$(touch x)")

    assert ran.output == f"; touch {marker}"
    assert not marker.exists()


async def test_a_command_that_reads_nothing_is_fine() -> None:
    """Its end of the pipe is closed long before all is written."""
    ran = await run_command(python("print('selesai')"), "x" * 1_000_000)

    assert ran.output == "selesai"


async def test_what_it_prints_reaches_no_terminal() -> None:
    """A page's title may come back through it, with whatever is in it."""
    ran = await run_command(python(r"print('\x1b[31mmerah\x1b[0m \x1b]0;judul\x07\x9b1mx')"), "")

    assert ran.output == "merah 1mx"


async def test_failing_is_told_with_its_words() -> None:
    """One mends a command by what it says."""
    ran = await run_command(python("import sys; print('no such key', file=sys.stderr); sys.exit(3)"), "")

    assert "status 3" in ran.problem
    assert ran.errors == "no such key"


async def test_a_command_that_is_not_there_is_told() -> None:
    """A typing error in feeds.toml."""
    assert "Cannot run" in (await run_command(["/nowhere/jq"], "")).problem
    assert "Cannot run" in (await run_command(["a\x00b"], "")).problem


async def test_one_that_takes_too_long_is_stopped(tmp_path: Path) -> None:
    """With its children."""
    code = f"import os, time; os.fork(); open({str(tmp_path)!r} + f'/{{os.getpid()}}', 'w').close(); time.sleep(60)"

    ran = await run_command(python(code), "", seconds=1.0)

    assert "took longer" in ran.problem
    for pid in noted(tmp_path):
        await ended(pid)


async def test_one_that_prints_for_ever_is_stopped() -> None:
    """It would fill the memory."""
    ran = await run_command(python("while True: print('y' * 10_000)"), "")

    assert "too much" in ran.problem
    assert len(ran.output) <= MAX_OUTPUT_BYTES


async def test_cancelling_kills_it(tmp_path: Path) -> None:
    """Escape means now."""
    code = f"import os, time; open({str(tmp_path)!r} + f'/{{os.getpid()}}', 'w').close(); time.sleep(60)"
    task = asyncio.create_task(run_command(python(code), ""))
    while not noted(tmp_path):  # noqa: ASYNC110  # a file of another process is no event
        await asyncio.sleep(0.01)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task

    await ended(noted(tmp_path)[0])


async def test_what_it_leaves_running_is_not_waited_for() -> None:
    """A browser started by a script holds the script's output open."""
    ran = await run_command(python("import os, time; print(os.fork() or time.sleep(60))"), "")

    assert ran.problem == ""
    assert is_running(int(ran.output))
    os.kill(int(ran.output), 9)


def noted(folder: Path) -> list[int]:
    """Processes that left their number in a folder."""
    return [int(path.name) for path in folder.iterdir()]


async def ended(pid: int) -> None:
    """Wait until a process that was killed is no more: that is the system's work, and takes it a moment."""
    async with asyncio.timeout(20):
        while is_running(pid):  # noqa: ASYNC110  # a stranger's end is no event
            await asyncio.sleep(0.01)


def is_running(pid: int) -> bool:
    try:
        os.kill(pid, 0)
        state = Path(f"/proc/{pid}/stat")
        return not state.exists() or state.read_text().rpartition(")")[2].split()[0] != "Z"
    except OSError:
        return False
