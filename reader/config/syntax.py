"""What `tomllib` complains of, in the language in use."""

from __future__ import annotations

from reader.i18n import N_, retell

__all__ = ["told_syntax"]

_FORMS = (
    N_("Invalid value"),
    N_("Invalid statement"),
    N_("Invalid date or datetime"),
    N_("Invalid hex value"),
    N_("Invalid initial character for a key part"),
    N_("Unterminated string"),
    N_("Unclosed array"),
    N_("Unclosed inline table"),
    N_("Unescaped '\\' in a string"),
    N_("Cannot overwrite a value"),
    N_("Cannot declare {key} twice"),
    N_("Cannot mutate immutable namespace {key}"),
    N_("Cannot redefine namespace {key}"),
    N_("Duplicate inline table key {key}"),
    N_("Expected '=' after a key in a key/value pair"),
    N_("Expected ']' at the end of a table declaration"),
    N_("Expected ']]' at the end of an array declaration"),
    N_("Expected newline or end of document after a statement"),
    N_("Expected {what}"),
    N_("Found invalid character {character}"),
    N_("Illegal character {character}"),
)


def told_syntax(message: str) -> str:
    """A complaint of the parser; one that is not known is told as it is."""
    return retell(message, _FORMS)
