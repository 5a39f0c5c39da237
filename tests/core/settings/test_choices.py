"""What was chosen on the screen comes back; a file that is damaged costs the choices, no more."""

import os
import stat
import tomllib
from concurrent.futures import ThreadPoolExecutor
from dataclasses import fields
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.core.settings.auto_save import AutoSave
from seedance_tui.core.settings.choices import (
    Changes,
    Choices,
    Grouping,
    Order,
    View,
    word_of_own_view,
)

CHOSEN: dict[str, Any] = {
    "auto_save": AutoSave.BOTH,
    "hint_seen": True,
    "view": View.READY,
    "sort": Order.AGE,
    "reverse": True,
    "group": Grouping.DAY,
    "filter": 'tea "3" 茶',
    "detail_share": 44,
    "detail_shown": False,
    "utc": True,
    "theme": "nord",
}
DEFAULTS = {
    "auto_save": None,
    "hint_seen": False,
    "view": View.ALL,
    "sort": Order.NEEDS,
    "reverse": False,
    "group": Grouping.NONE,
    "filter": "",
    "detail_share": 0,
    "detail_shown": True,
    "utc": False,
    "theme": "",
}


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "watchlist.choices.toml"


def loaded(path: Path) -> dict[str, object]:
    choices = Choices(path)
    choices.load()
    return {f.name: getattr(choices, f.name) for f in fields(choices) if f.name in DEFAULTS}


@pytest.mark.parametrize(
    ("watch_list", "name"),
    [
        ("watchlist.toml", "watchlist.choices.toml"),
        ("mine", "mine.choices.toml"),
        ("a.b.toml", "a.b.choices.toml"),
    ],
)
def test_the_choices_stand_beside_their_watch_list(
    tmp_path: Path, watch_list: str, name: str
) -> None:
    assert Choices.beside(tmp_path / watch_list).path == tmp_path / name


def test_every_choice_has_a_default_that_can_be_taken_and_read_back(path: Path) -> None:
    choices = Choices(path)
    ones = {f.name: getattr(choices, f.name) for f in fields(choices)}
    chosen: Any = {name: ones[name] for name in Changes.__annotations__ if ones[name] is not None}
    assert len(chosen) == len(Changes.__annotations__) - 1, "nobody has chosen an auto-save"
    choices.save(**chosen)
    assert loaded(path) == DEFAULTS


def test_where_nothing_was_chosen_the_defaults_hold(path: Path) -> None:
    assert loaded(path) == DEFAULTS
    assert not path.exists()


def test_what_was_chosen_comes_back(path: Path) -> None:
    choices = Choices(path)
    choices.save(**CHOSEN)
    assert {name: getattr(choices, name) for name in CHOSEN} == CHOSEN
    assert loaded(path) == CHOSEN


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
def test_nobody_else_reads_the_choices(path: Path) -> None:
    Choices(path).save(utc=True)
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_another_window_and_a_later_version_lose_nothing(path: Path) -> None:
    one, other = Choices(path), Choices(path)
    path.write_text('later = [1, 2]\nview = "all"\n[table]\nx = 1\n')
    one.load()
    other.load()
    one.save(view=View.FAILED)
    other.save(utc=True)
    assert tomllib.loads(path.read_text()) == {
        "later": [1, 2],
        "view": "failed",
        "utc": True,
        "table": {"x": 1},
    }
    assert other.view == "all", "a window keeps its own until it is left"


def switched(name: str) -> dict[str, Any]:
    return {name: True}


def test_many_threads_lose_nothing(path: Path) -> None:
    names = [name for name, value in DEFAULTS.items() if isinstance(value, bool)]
    with ThreadPoolExecutor(8) as pool:
        for done in [pool.submit(Choices(path).save, **switched(name)) for name in names * 5]:
            done.result()
    assert all(loaded(path)[name] is True for name in names)


@pytest.mark.parametrize(
    "content",
    [
        b"view = ",
        b"\xff",
        b"a = " + b"[" * 5000,
        b"view = 5\nutc = 1\ndetail_share = true\nauto_save = true\nfilter = []",
        b'auto_save = "all"\ndetail_share = 101\nhint_seen = "yes"',
        b"detail_share = -1\ndetail_shown = 0\nsort = 2026-01-01\nreverse = 0.0\npath = '/x'",
    ],
)
def test_what_is_damaged_gives_the_defaults_and_can_be_written(path: Path, content: bytes) -> None:
    path.write_bytes(content)
    assert loaded(path) == DEFAULTS
    assert Choices(path).path == path
    Choices(path).save(view=View.READY)
    assert loaded(path) == DEFAULTS | {"view": "ready"}


def test_what_stands_in_the_file_is_made_safe(path: Path) -> None:
    path.write_text('filter = "a\\u001b[2J\\u202e"\ntheme = "' + "x" * 5000 + '"')
    assert loaded(path)["filter"] == "a␛[2J"
    assert len(str(loaded(path)["theme"])) == 4000


@pytest.mark.parametrize("name", ["mine", "own:own", "茶", "a\u001b[2J", "x" * 5000, ""])
def test_a_view_of_ones_own_comes_back_whatever_it_is_called(path: Path, name: str) -> None:
    word = word_of_own_view(name)
    Choices(path).save(view=word)
    assert loaded(path)["view"] == word
    assert not isinstance(loaded(path)["view"], View)


@pytest.mark.parametrize("name", ["view", "sort", "group", "auto_save"])
def test_a_word_of_a_later_version_is_passed_over_and_stays_in_the_file(
    path: Path, name: str
) -> None:
    path.write_text(f'{name} = "later"\n')
    assert loaded(path) == DEFAULTS
    Choices(path).save(utc=True)
    assert tomllib.loads(path.read_text()) == {name: "later", "utc": True}


def test_the_file_has_the_words_that_it_always_had(path: Path) -> None:
    Choices(path).save(**CHOSEN)
    written = tomllib.loads(path.read_text())
    assert [written[name] for name in ("auto_save", "view", "sort", "group")] == [
        "both",
        "ready",
        "age",
        "day",
    ]
    Choices(path).save(view=word_of_own_view("tea"), group=Grouping.NONE)
    assert 'view = "own:tea"\n' in path.read_text()
    assert 'group = ""\n' in path.read_text()


def test_a_misspelt_choice_is_no_choice_and_mypy_says_so(path: Path) -> None:
    """Where mypy was content with one of these, it would call the comment behind it unused."""
    choices = Choices(path)
    with pytest.raises(TypeError):
        choices.take(sort="agee")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        choices.take(view="redy")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        choices.take(group="tags")  # type: ignore[arg-type]
    with pytest.raises(TypeError):
        choices.take(auto_save="on")  # type: ignore[arg-type]
    assert choices == Choices(path)


@pytest.mark.parametrize("wrong", [{"colour": "red"}, {"utc": "yes"}, {"detail_share": True}])
def test_what_is_no_choice_is_an_error_of_the_program(path: Path, wrong: dict[str, Any]) -> None:
    choices = Choices(path)
    with pytest.raises(TypeError, match=next(iter(wrong))):
        choices.save(view=View.READY, **wrong)
    assert choices.view is View.ALL
    assert not path.exists()


def test_nothing_is_written_where_nothing_changes(path: Path) -> None:
    Choices(path).save(view=View.READY)
    before = path.stat().st_mtime_ns, path.stat().st_ino
    Choices(path).save(view=View.READY)
    assert (path.stat().st_mtime_ns, path.stat().st_ino) == before


def test_a_disk_that_refuses_is_told_and_the_choice_holds_here(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    choices = Choices(tmp_path / "file" / "choices.toml")
    with pytest.raises(OSError, match="file"):
        choices.save(utc=True)
    assert choices.utc


@given(st.text(max_size=50))
def test_a_filter_of_any_text_can_be_kept(
    tmp_path_factory: pytest.TempPathFactory, text: str
) -> None:
    path = tmp_path_factory.mktemp("choices") / "c.toml"
    Choices(path).save(filter=text)
    assert isinstance(loaded(path)["filter"], str)
