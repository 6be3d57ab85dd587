"""Keep the Indonesian catalogue in step with the code.

.venv/bin/python scripts/translations.py update     new strings into the .po, gone ones out, .mo made
.venv/bin/python scripts/translations.py check      say what is missing, unused or stale; exit 1 if anything is
"""

from __future__ import annotations

import ast
import re
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from io import BytesIO
from pathlib import Path

from babel.messages.catalog import Catalog, Message
from babel.messages.mofile import read_mo, write_mo
from babel.messages.pofile import read_po, write_po

ROOT = Path(__file__).resolve().parents[1]
PO = ROOT / "reader/locales/id/LC_MESSAGES/warta.po"
MO = PO.with_suffix(".mo")
HEADER = b"""# Indonesian translations for Warta.
msgid ""
msgstr ""
"Project-Id-Version: warta\\n"
"Language: id\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"""
FOREVER = datetime(2026, 1, 1, tzinfo=UTC)
PLACEHOLDER = re.compile(r"\{(\w*)[^}]*\}")


def template() -> Catalog:
    """Every string the code marks for translation."""
    catalog = Catalog(project="warta", charset="utf-8")
    for path in sorted((ROOT / "reader").rglob("*.py")):
        for message in _marked(ast.parse(path.read_bytes())):
            catalog.add(message)
    return catalog


def _marked(tree: ast.AST) -> Iterator[str | tuple[str, str]]:
    """From the syntax tree, because Babel's own reader sees into f-strings with some versions of Python only."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
            continue
        texts = [part.value for part in node.args if isinstance(part, ast.Constant) and isinstance(part.value, str)]
        if node.func.id in {"_", "N_"} and texts:
            yield texts[0]
        elif node.func.id == "ngettext" and len(texts) == 2:
            yield texts[0], texts[1]


def catalogue() -> Catalog:
    """The Indonesian catalogue as it stands; an empty one if there is none."""
    if not PO.exists():
        return read_po(BytesIO(HEADER), locale="id")
    with PO.open("rb") as stream:
        return read_po(stream, locale="id")


def machine_form(catalog: Catalog) -> bytes:
    """The bytes of the .mo for a catalogue."""
    buffer = BytesIO()
    write_mo(buffer, catalog)
    return buffer.getvalue()


def problems() -> list[str]:
    """What is wrong with the catalogue, a line each; empty when all is well."""
    wanted, have = template(), catalogue()
    found = []
    for message in wanted:
        if not message.id:
            continue
        translated = have.get(message.id, message.context)
        if translated is None or not _is_translated(translated):
            found.append(f"missing: {message.id!r}")
        elif wrong := _wrong_placeholders(translated):
            found.append(f"other placeholders: {message.id!r}: {wrong}")
    known = {_key(message) for message in wanted}
    found += [f"unused: {message.id!r}" for message in have if message.id and _key(message) not in known]
    if not MO.exists() or _strings(_of_machine_form()) != _strings(have):
        found.append("stale: the .mo is not made from the .po")
    return found


def update() -> None:
    """Bring the .po up to date with the code, without guessing translations, and make the .mo."""
    have = catalogue()
    have.update(template(), no_fuzzy_matching=True)
    have.obsolete.clear()
    # Without dates the file changes only when a string does.
    have.creation_date = have.revision_date = FOREVER
    have.project, have.version, have.msgid_bugs_address, have.last_translator = "warta", "", "", ""
    have.language_team = "Indonesian"
    PO.parent.mkdir(parents=True, exist_ok=True)
    with PO.open("wb") as stream:
        write_po(stream, have, width=120, no_location=True, sort_output=True, omit_header=False)
    MO.write_bytes(machine_form(catalogue()))


def _of_machine_form() -> Catalog:
    with MO.open("rb") as stream:
        return read_mo(stream)


def _strings(catalog: Catalog) -> dict[object, object]:
    """Without the header, which names the Babel that wrote it."""
    return {_texts(message.id): _texts(message.string) for message in catalog if message.id}


def _texts(text: object) -> object:
    return tuple(text) if isinstance(text, (list, tuple)) else text


def _key(message: Message) -> tuple[object, str | None]:
    return message.id, message.context


def _is_translated(message: Message) -> bool:
    strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    return all(strings)


def _wrong_placeholders(message: Message) -> str:
    ids = message.id if isinstance(message.id, (list, tuple)) else (message.id,)
    strings = message.string if isinstance(message.string, (list, tuple)) else (message.string,)
    allowed = {name for text in ids for name in PLACEHOLDER.findall(text)}
    used = {name for text in strings for name in PLACEHOLDER.findall(text or "")}
    return ", ".join(sorted(allowed ^ used)) if allowed != used else ""


if __name__ == "__main__":
    match sys.argv[1:]:
        case ["update"]:
            update()
        case ["check"]:
            lines = problems()
            print(*lines, sep="\n")
            sys.exit(bool(lines))
        case _:
            sys.exit(__doc__)
