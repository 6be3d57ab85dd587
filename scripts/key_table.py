"""Write the table of keys into the README from the command table."""

from __future__ import annotations

from pathlib import Path

from reader.i18n import set_language
from reader.ui.commands import key_table

README = Path(__file__).resolve().parents[1] / "README.md"
BEGIN, END = "<!-- keys: made by scripts/key_table.py -->\n", "<!-- end of keys -->"


def with_table(text: str) -> str:
    """The README's text with today's table between the two marks."""
    set_language("en")
    before, _, rest = text.partition(BEGIN)
    _, _, after = rest.partition(END)
    return f"{before}{BEGIN}\n{key_table()}\n{END}{after}"


if __name__ == "__main__":
    README.write_text(with_table(README.read_text(encoding="utf-8")), encoding="utf-8")
