"""Where tables and keys stand in a TOML source."""

from __future__ import annotations

import tomllib

from hypothesis import given, settings
from hypothesis import strategies as st

from reader.config.lines import scan

SOURCE = '''\
# [[feeds]] in a comment
title = "[[feeds]]" # a
   [settings]  # x
"rows" = """
[[feeds]]
  \\"""
"""
[[ feeds ]]
url = [
  "]", # ]
  '[',
] # end
tags.inner = { a = 1, b = [ 2 ] }
  key = 1
[[feeds]]
[feeds.headers]
X-One = \'\'\'
a''\'\'\'
"qu\\u006fted.key" = 1
[keys]
article.star = "s"
'''


def test_positions_of_all_forms() -> None:
    """Brackets and hashes inside strings, and keys inside tables inside arrays, must not mislead."""
    tomllib.loads(SOURCE)
    positions = scan(SOURCE)

    assert positions.of("title") == (2, 1)
    assert positions.of("settings") == (3, 4)
    assert positions.of("settings", "rows") == (4, 1)
    assert positions.of("feeds") == (8, 1)
    assert positions.of("feeds", 0) == (8, 1)
    assert positions.of("feeds", 0, "url") == (9, 1)
    assert positions.of("feeds", 0, "tags", "inner") == (13, 1)
    assert positions.of("feeds", 0, "key") == (14, 3)
    assert positions.of("feeds", 1) == (15, 1)
    assert positions.of("feeds", 1, "headers") == (16, 1)
    assert positions.of("feeds", 1, "headers", "X-One") == (17, 1)
    assert positions.of("feeds", 1, "headers", "quoted.key") == (19, 1)
    assert positions.of("keys", "article", "star") == (21, 1)


def test_an_unknown_path_leads_to_what_is_around_it() -> None:
    """A key inside an inline table has the place of the table's line."""
    positions = scan(SOURCE)

    assert positions.line("feeds", 0, "tags", "inner", "a") == 13
    assert positions.of("nothing") == (0, 0)


@settings(max_examples=80, deadline=None)
@given(
    st.lists(
        st.tuples(st.text(alphabet="ab\n\"'[]#=\\ é.", max_size=12), st.sampled_from(["basic", "multi", "list"])),
        max_size=6,
    )
)
def test_every_entry_is_found_whatever_its_values_hold(entries: list[tuple[str, str]]) -> None:
    """A wrong line sends a person to the wrong feed."""
    source, expected = "", []
    for value, form in entries:
        expected.append(source.count("\n") + 1)
        escaped = value.replace("\\", "\\\\").replace('"', '\\"')
        match form:
            case "multi":
                text = f'"""{escaped}"""'
            case "list":
                text = '[\n"' + escaped.replace("\n", "\\n") + '", # ]\n]'
            case _:
                text = '"' + escaped.replace("\n", "\\n") + '"'
        source += f"[[feeds]]\nurl = {text}\n"
    tomllib.loads(source)

    positions = scan(source)

    assert [positions.line("feeds", index) for index in range(len(entries))] == expected
    assert [positions.line("feeds", index, "url") for index in range(len(entries))] == [line + 1 for line in expected]
