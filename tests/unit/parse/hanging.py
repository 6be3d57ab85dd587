"""A job for the parse worker that never ends by itself. In a module of its own, which the worker can import."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from reader.model import Failure, ParseFailed

if TYPE_CHECKING:
    from reader.model import ParseJob, ParseOutcome

__all__ = ["hang"]


def hang(job: ParseJob) -> ParseOutcome:
    """Hold the interpreter with a regular expression, as no other thread could break off."""
    re.match("(a+)+$", "a" * 64 + "b")
    return ParseFailed(Failure("parse_error"))
