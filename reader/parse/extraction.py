"""Articles found on pages of any site by trafilatura, where the reader has installed it (``warta[full]``).

Loaded in the worker alone, with the first page that needs it: importing it takes half a second.
"""

from __future__ import annotations

from importlib.util import find_spec

__all__ = ["extracted", "is_installed"]


def is_installed() -> bool:
    """Whether trafilatura can be asked; it is not loaded for that."""
    try:
        return find_spec("trafilatura") is not None
    except (ImportError, ValueError):
        return False


def extracted(html: str, url: str) -> str:
    """The article's HTML as trafilatura finds it; empty if it finds none or fails.

    Args:
        html: The page, bounded; may be empty.
        url: Its address, for relative links.

    """
    if not html:
        return ""
    try:
        from lxml.etree import LxmlError
        from trafilatura import extract
    except ImportError:  # a part of it is missing
        return ""
    try:
        found = extract(
            html,
            url=url,
            output_format="html",
            fast=True,
            favor_precision=True,
            include_comments=False,
            include_images=True,
            include_links=True,
            include_tables=True,
        )
    except (
        ValueError,
        ArithmeticError,
        LookupError,
        AttributeError,
        TypeError,
        AssertionError,
        RecursionError,
        LxmlError,
    ):
        return ""
    return found or ""
