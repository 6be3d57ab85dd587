"""Code in colours: Pygments' tokens as runs of our roles. Pygments loads at the first use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from reader.ui.article.lines import Run

if TYPE_CHECKING:
    from reader.ui.article.lines import Role

__all__ = ["LONGEST", "highlight"]

LONGEST = 20_000
"""Characters beyond which code stays plain: a lexer is made of regular expressions."""

_ROLES: tuple[tuple[str, Role], ...] = (
    ("Token.Comment", "code-comment"),
    ("Token.Keyword", "code-keyword"),
    ("Token.Operator.Word", "code-keyword"),
    ("Token.Literal.String", "code-string"),
    ("Token.Literal.Number", "code-number"),
    ("Token.Name.Function", "code-name"),
    ("Token.Name.Class", "code-name"),
    ("Token.Name.Tag", "code-name"),
    ("Token.Name.Attribute", "code-name"),
    ("Token.Name.Decorator", "code-name"),
)


def highlight(text: str, language: str) -> list[Run]:
    """The code as runs; one plain run if the language is unknown, the text too long, or the lexer changes it."""
    plain = [Run(text, "code")]
    if not language or len(text) > LONGEST:
        return plain
    from pygments.lexers import get_lexer_by_name  # heavy, and most articles have no code
    from pygments.util import ClassNotFound

    try:
        lexer = get_lexer_by_name(language, stripnl=False, ensurenl=False)
    except ClassNotFound:
        return plain
    runs = [Run(piece, _role(str(token))) for token, piece in lexer.get_tokens(text) if piece]
    return runs if "".join(run.text for run in runs) == text else plain


def _role(token: str) -> Role:
    return next((role for prefix, role in _ROLES if token.startswith(prefix)), "code")
