"""What reaches the terminal, the pipe and the script."""

from __future__ import annotations

import contextlib
import io
import json
import sys
from pathlib import Path

import pytest

from reader.cli.main import main
from reader.cli.output import Output, cells, clip_cells, pad
from reader.text.redacting import redact


def captured(encoding: str = "utf-8") -> tuple[Output, io.BytesIO, io.BytesIO]:
    out, err = io.BytesIO(), io.BytesIO()
    streams = [io.TextIOWrapper(raw, encoding=encoding, newline="\n", write_through=True) for raw in (out, err)]
    return Output(*streams), out, err


def test_nothing_a_terminal_obeys_is_printed() -> None:
    """Titles and error phrases come from servers."""
    output, out, err = captured()

    output.result("a\x1b[31mb\x9b\u202ec\r\nd")
    output.message("\x1b]52;c;x\x07")

    assert out.getvalue().decode() == "a[31mbc\nd\n"
    assert err.getvalue() == b"]52;c;x\n"


def test_json_stays_json_whatever_is_in_it() -> None:
    """Cleaning must not put a real newline into a string."""
    output, out, _err = captured()
    values = ["a\u2028b\x85c\x1b\x9d\u202e\ud800", 'q"\\', "é"]

    output.json_array(values)

    assert json.loads(out.getvalue()) == ["a\nb\nc", 'q"\\', "é"]
    assert b"\x1b" not in out.getvalue()


def test_an_empty_array_is_an_array() -> None:
    """A script's parser must not choke on nothing found."""
    output, out, _err = captured()

    output.json_array([])

    assert out.getvalue() == b"[]\n"


def test_a_narrow_terminal_gets_question_marks_and_scripts_get_everything() -> None:
    """`LANG=C` is common in cron."""
    output, out, _err = captured("ascii")

    output.result("Jum’at ★")
    output.json({"title": "Jum’at ★"})

    text, document = out.getvalue().splitlines()
    assert text == b"Jum?at ?"
    assert json.loads(document) == {"title": "Jum’at ★"}


def test_a_closed_stream_is_no_crash() -> None:
    """`warta refresh >&-`, and a pipe whose reader has gone."""
    output = Output(None, None)
    output.result("x")
    output.message("x")
    output.json_array([1])
    output.close()

    assert not output.is_wanted
    assert output.trouble


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no /dev/full")
def test_a_result_the_disk_did_not_take_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """`warta export opml > list.opml` on a full disk once said that all was well."""
    with open("/dev/full", "w") as full, contextlib.suppress(OSError):  # noqa: PTH123
        monkeypatch.setattr(sys, "stdout", full)
        status = main(["where", "--feeds", str(tmp_path / "feeds.toml"), "--data", str(tmp_path)])

    assert status == 1
    assert "No space left on device" in capsys.readouterr().err


def test_a_closed_output_is_told(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path
) -> None:
    """`warta list >&-`: Python has no standard output then. What went nowhere did not succeed."""
    monkeypatch.setattr(sys, "stdout", None)
    status = main(["where", "--feeds", str(tmp_path / "feeds.toml"), "--data", str(tmp_path)])

    assert status == 1
    assert "standard output" in capsys.readouterr().err


def test_a_pipe_whose_reader_has_gone_ends_the_output(monkeypatch: pytest.MonkeyPatch) -> None:
    """`warta list | head`: quiet, and no further work."""

    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError

    output = Output(Gone(), None)
    output.result("x")
    output.result("y")

    assert not output.is_wanted
    assert not output.trouble


@pytest.mark.parametrize(
    ("text", "width", "padded"),
    [("abc", 5, "abc  "), ("abcdef", 4, "abc…"), ("新聞新聞", 5, "新聞…"), ("e\u0301a", 3, "e\u0301a "), ("", 2, "  ")],
)
def test_columns_hold_for_wide_letters(text: str, width: int, padded: str) -> None:
    """A Japanese feed's name must not push the table aside."""
    assert pad(text, width) == padded
    assert cells(padded) == width
    assert clip_cells(text, 0) == ""


@pytest.mark.parametrize(
    "text",
    [
        "GET https://user:hunter2@example.org/feed failed",
        "fetching 'https://example.org/feed?token=hunter2&x=1'",
        "Authorization: Bearer hunter2",
        "{'authorization': 'Basic hunter2', 'x': 1}",
        "proxy socks5://me:hunter2@127.0.0.1:9050",
        "Cookie: hunter2",
        "X-Api-Key: hunter2",
    ],
)
def test_the_log_keeps_no_secret(text: str) -> None:
    """Logs are pasted into bug reports."""
    assert "hunter2" not in redact(text)


def test_a_stream_that_was_never_open_is_a_trouble_also_for_who_asks_first() -> None:
    """``warta list >&-`` must not end as if all had been printed."""
    output = Output(None, None)
    assert not output.is_wanted
    assert output.trouble is not None
