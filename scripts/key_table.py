"""Write the table of keys into both READMEs from the command table."""

from __future__ import annotations

from pathlib import Path

from reader.i18n import Language, set_language
from reader.ui.commands import key_table

ROOT = Path(__file__).resolve().parents[1]
READMES: dict[Language, Path] = {"en": ROOT / "README.md", "id": ROOT / "README.id.md"}
BEGIN, END = "<!-- keys: made by scripts/key_table.py -->\n", "<!-- end of keys -->"


def with_table(text: str, language: Language = "en") -> str:
    """A README's text with today's table between the two marks."""
    set_language(language)
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{key_table()}\n{END}{after}"


if __name__ == "__main__":
    for language, path in READMES.items():
        path.write_text(with_table(path.read_text(encoding="utf-8"), language), encoding="utf-8")
