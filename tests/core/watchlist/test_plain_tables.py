"""The usual table is read and written as the libraries for TOML do, without them."""

import tomllib
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import tomli_w
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.core.model.watched import Watched
from seedance_tui.core.watchlist import _document as documents
from seedance_tui.core.watchlist._plain_tables import quick_block, quick_document

MOMENT = datetime(2026, 11, 22, 8, 9, 10, tzinfo=UTC)
TABLE = '\n[[tasks]]\nid = "a1"\nadded_at = 2026-11-22T08:09:10Z\n'
PIECES = [
    TABLE,
    f'{TABLE}label = "take 1"\n',
    f'{TABLE}label = "茶 · é"\n',
    f'{TABLE}label = "a \\"b\\" c"\n',
    f"{TABLE}label = 'single'\n",
    f'{TABLE}tags = ["x", "y"]\n',
    f"{TABLE}\n[tasks.mine]\nx = 1\n",
    f"{TABLE}\n[sync]\nx = 1\n",
    f"{TABLE}note = '''\n[[tasks]]\n'''\n",
    f'{TABLE}note = """\n[[tasks]]\n"""\n',
    "\n[[tasks]]\n",
    "\n[[tasks]] # a remark\nid = 'b2'\n",
    '\n[[tasks]]\nid = "c3"\nadded_at = 2026-13-22T08:09:10Z\n',
    '\n[[tasks]]\nid = "d4"\nadded_at = 2026-11-22T08:09:10+08:00\n',
    '\n[[tasks]]\nid = "d5"\nid = "d6"\n',
    "x = [\n[[tasks]]\n]\n",
    "\n[tasks.x]\ny = 1\n",
    "tasks = 1\n",
    "version = 1\n",
    "# [[tasks]]\n",
    "\r\n",
    "\x00",
    "[[tasks]]\n",
]


@given(st.lists(st.sampled_from(PIECES), max_size=6))
def test_whatever_stands_together_is_read_as_by_the_parser_or_left_to_it(
    pieces: list[str],
) -> None:
    text = "".join(pieces)
    found = quick_document(text)
    assert found is None or found == tomllib.loads(text)


texts = st.text(max_size=12) | st.sampled_from(["", 'a"b', "a\\b", "a\nb", "a\tb", "\x7f", "茶"])
moments = st.datetimes(
    min_value=datetime(1970, 1, 1),  # noqa: DTZ001  the zones come beside it
    timezones=st.sampled_from([UTC, timezone(timedelta(hours=8))]),
)


@given(
    st.fixed_dictionaries(
        {"id": texts, "added_at": moments}, optional={"label": texts, "note": texts}
    )
)
def test_a_table_is_written_as_by_the_library_or_left_to_it(table: dict[str, Any]) -> None:
    block = quick_block(table)
    written = "[[tasks]]\n" + tomli_w.dumps({"tasks": table}).removeprefix("[tasks]\n")
    assert block is None or tomllib.loads(block) == tomllib.loads(written)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The texts that the parser is given."""
    texts: list[str] = []
    loads = tomllib.loads

    def noting(text: str) -> dict[str, Any]:
        texts.append(text)
        return loads(text)

    monkeypatch.setattr("seedance_tui.core.watchlist._plain_tables.tomllib.loads", noting)
    return texts


def usual(count: int) -> list[dict[str, Any]]:
    return [Watched(f"a{n}", MOMENT, f"take {n}").to_table() for n in range(count)]


def test_a_list_of_the_programs_own_costs_the_parser_its_head_alone(read: list[str]) -> None:
    content = documents.dumped({"version": 1}, usual(50))
    document, damage = documents.parse(content)
    assert (len(document["tasks"]), damage) == (50, "")
    assert read == ["version = 1\n"]


def test_a_table_that_is_not_usual_costs_the_parser_that_one_beside_the_head(
    read: list[str],
) -> None:
    other = Watched("b1", MOMENT, note="two\nlines", tags=("x",)).to_table()
    content = documents.dumped({"version": 1}, [*usual(20), other, *usual(20)])
    document, damage = documents.parse(content)
    assert (document["tasks"][20], damage) == (other, "")
    assert len(read) == 2
    assert "b1" in read[1] and "a1" not in read[1]


def test_lines_that_end_as_on_windows_cost_the_parser_the_whole_once(read: list[str]) -> None:
    content = documents.dumped({"version": 1}, usual(3)).replace(b"\n", b"\r\n")
    document, damage = documents.parse(content)
    assert (len(document["tasks"]), damage, len(read)) == (3, "", 1)


def test_a_list_of_the_programs_own_is_written_table_by_table_without_the_library(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    written: list[object] = []
    dumps = tomli_w.dumps

    def noting(table: dict[str, Any]) -> str:
        written.append(table)
        return dumps(table)

    monkeypatch.setattr("seedance_tui.core.watchlist._document.tomli_w.dumps", noting)
    table = Watched("a1", MOMENT, "take 1").to_table()
    content = documents.dumped({}, [table, {**table, "tags": ["x"]}])
    assert tomllib.loads(content.decode())["tasks"][0]["id"] == "a1"
    assert len(written) == 2, "the head, and the one table that is not usual"
