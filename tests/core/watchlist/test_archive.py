"""What is removed goes to the archive and comes back from it: no ID and no label is ever lost."""

import asyncio
import os
import tempfile
import time
import tomllib
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from unittest.mock import patch

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.core.model.store import Store
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.storage.atomic import write_whole
from seedance_tui.core.storage.paths import archive_path
from seedance_tui.core.watchlist import _archive as archive_module
from seedance_tui.core.watchlist._archive import Archive
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.editor import WatchListEditor
from seedance_tui.core.watchlist.file import WatchListFile
from seedance_tui.core.watchlist.find_ids import Found

LIST = """version = 1

[[tasks]]
id = "asyntask_a1"
added_at = 2026-11-22T08:09:10Z
price = 3.5
label = "fruit tea, take 3"
tags = ["tea", "茶"]
note = "ask Li"

[tasks.shot]
scene = 4

[[tasks]]
id = "asyntask_b2"
added_at = 2026-11-22T08:09:11Z
"""


class Killed(BaseException):
    """The process is no more."""


class Window:
    """One running instance: its list in memory, and what it can take back."""

    def __init__(self, path: Path) -> None:
        self.store = Store()
        self.editor = WatchListEditor(self.store, WatchListFile(path), time.time)
        self.do(self.editor.read())

    def do(self, work: Any) -> Any:
        return asyncio.run(work)

    def add(self, *ids: str, label: str = "") -> None:
        self.do(self.editor.add(Found(ids), [label] * len(ids)))

    def remove(self, *ids: str) -> None:
        self.do(self.editor.remove(ids))

    def archived(self) -> dict[str, Watched]:
        return {one.id: one for one in self.do(self.editor.archived()).entries}

    @property
    def listed(self) -> dict[str, Watched]:
        return {entry.id: entry.watched for entry in self.store.entries}


@pytest.fixture(autouse=True)
def no_sync(monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing here is switched off: the disk need not be waited for."""
    monkeypatch.setattr(os, "fsync", lambda descriptor: None)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "watchlist.toml"
    path.write_text(LIST, encoding="utf-8")
    os.utime(path, (time.time() - 10,) * 2)
    return path


@pytest.fixture
def window(path: Path) -> Window:
    return Window(path)


def tables(path: Path) -> list[dict[str, Any]]:
    tasks: list[dict[str, Any]] = tomllib.loads(path.read_text(encoding="utf-8")).get("tasks", [])
    return tasks


def ids(path: Path) -> list[str]:
    return [table["id"] for table in tables(path)]


def test_an_entry_is_moved_with_all_it_has_and_the_moment(window: Window, path: Path) -> None:
    before = tables(path)[0]
    window.remove("asyntask_a1")
    (moved,) = tables(archive_path(path))
    archived = moved.pop("archived")
    assert moved == before
    assert abs(datetime.now(UTC) - archived).total_seconds() < 60
    assert archived.microsecond == 0
    assert ids(path) == ["asyntask_b2"]


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
def test_the_archive_is_the_users_alone(window: Window, path: Path) -> None:
    window.remove("asyntask_a1", "asyntask_b2")
    assert archive_path(path).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    ("name", "archive"),
    [("watchlist.toml", "watchlist.archive.toml"), ("mine", "mine.archive.toml")],
)
def test_the_archive_is_beside_the_list(tmp_path: Path, name: str, archive: str) -> None:
    assert archive_path(tmp_path / name) == Path(os.path.realpath(tmp_path)) / archive


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
def test_two_names_of_one_list_have_one_archive(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "elsewhere.toml"
    link.symlink_to(path)
    assert archive_path(link) == archive_path(path)


def test_the_label_is_that_of_the_file_and_not_an_old_copy(window: Window, path: Path) -> None:
    other = Window(path)
    entry = other.listed["asyntask_b2"]
    labelled = Watched(entry.id, entry.added_at, label="theirs")
    other.do(other.editor.change(Change((Step(1, entry, labelled),))))
    window.remove("asyntask_b2")
    assert window.archived()["asyntask_b2"].label == "theirs"


Back = Callable[[Window], object]
BACK: dict[str, Back] = {
    "add": lambda window: window.add("asyntask_a1"),
    "add with another label": lambda window: window.add("asyntask_a1", label="other"),
    "undo": lambda window: window.do(window.editor.undo()),
    "bring back": lambda window: window.do(window.editor.bring_back(window.archived().values())),
}


@pytest.mark.parametrize("back", BACK.values(), ids=BACK.keys())
def test_what_comes_back_has_all_it_had(window: Window, path: Path, back: Back) -> None:
    before = tables(path)[0]
    window.remove("asyntask_a1")
    back(window)
    assert before in tables(path)
    assert window.listed["asyntask_a1"].label == "fruit tea, take 3"
    assert ids(archive_path(path)) == []


@pytest.mark.parametrize("back", ["add", "add with another label", "bring back"])
def test_it_comes_back_in_a_later_run_as_well(window: Window, path: Path, back: str) -> None:
    before = tables(path)[0]
    window.remove("asyntask_a1")
    BACK[back](Window(path))
    assert before in tables(path)


def test_a_given_label_is_taken_where_there_was_none(window: Window) -> None:
    window.remove("asyntask_b2")
    window.add("asyntask_b2", label="new")
    assert window.listed["asyntask_b2"].label == "new"


def test_taking_an_addition_back_loses_nothing(window: Window, path: Path) -> None:
    window.add("asyntask_c3", label="tea")
    window.do(window.editor.undo())
    assert window.archived()["asyntask_c3"].label == "tea"
    window.do(window.editor.redo())
    assert window.listed["asyntask_c3"].label == "tea"
    assert ids(archive_path(path)) == []


def test_what_is_deleted_is_gone_and_can_be_taken_back(window: Window, path: Path) -> None:
    window.remove("asyntask_a1", "asyntask_b2")
    before = window.archived()
    window.do(window.editor.delete([before["asyntask_a1"]]))
    assert list(window.archived()) == ["asyntask_b2"]
    assert ids(path) == []
    window.do(window.editor.undo())
    assert window.archived() == before
    window.do(window.editor.redo())
    assert list(window.archived()) == ["asyntask_b2"]
    window.do(window.editor.undo())
    window.do(window.editor.undo())
    assert window.listed["asyntask_a1"].label == "fruit tea, take 3"


def test_what_was_deleted_and_is_watched_again_gets_its_label_back(
    window: Window, path: Path
) -> None:
    window.remove("asyntask_a1")
    window.do(window.editor.delete(window.archived().values()))
    other = Window(path)
    other.add("asyntask_a1")
    assert other.listed["asyntask_a1"].label == ""
    window.do(window.editor.undo())
    assert window.listed["asyntask_a1"].label == "fruit tea, take 3"


def test_what_another_window_watches_again_is_not_deleted(window: Window, path: Path) -> None:
    window.remove("asyntask_a1")
    seen = window.archived()
    Window(path).add("asyntask_a1")
    window.do(window.editor.delete(seen.values()))
    assert "asyntask_a1" in ids(path)


def test_an_entry_in_both_files_counts_as_watched(window: Window, path: Path) -> None:
    archive_path(path).write_text(LIST + 'archived = "not a moment"\n', encoding="utf-8")
    assert window.archived() == {}
    assert list(Window(path).listed) == ["asyntask_a1", "asyntask_b2"]


def test_an_entry_copied_back_by_hand_is_watched(tmp_path: Path) -> None:
    path = tmp_path / "watchlist.toml"
    path.write_text(LIST + "archived = 2026-11-23T00:00:00Z\n", encoding="utf-8")
    window = Window(path)
    assert list(window.listed) == ["asyntask_a1", "asyntask_b2"]
    window.remove("asyntask_b2")
    assert list(window.listed) == ids(path) == ["asyntask_a1"]
    assert list(window.archived()) == ["asyntask_b2"]


def test_the_last_one_put_away_is_the_first(window: Window, path: Path) -> None:
    archive_path(path).write_text(
        "\n".join(
            f'[[tasks]]\nid = "asyntask_{n}"\nadded_at = 2026-01-01T00:00:00Z\n'
            f"archived = 2026-0{n}-01T00:00:00Z"
            for n in (1, 3, 2)
        )
    )
    assert list(window.archived()) == ["asyntask_3", "asyntask_2", "asyntask_1"]


@pytest.mark.parametrize(
    "content",
    [
        '[[tasks]]\nid = "old1"\n\n[[tasks]]\nid = "cut2\n',
        'version = 1\n\n[[tasks]]\nid = "old1"\nlabel = """\n',
        '[[tasks]]\nid = "old1"\n\n[[tasks]]\nid = \n',
        "[[tasks]]\nid = 'old1'\nlabel = '茶'\n".encode("gbk"),
    ],
    ids=["a text cut off", "a long text cut off", "no value", "GBK"],
)
def test_of_a_damaged_archive_nothing_is_lost(
    window: Window, path: Path, content: str | bytes
) -> None:
    written = content.encode() if isinstance(content, str) else content
    archive_path(path).write_bytes(written)
    assert window.do(window.editor.archived()).damage
    window.remove("asyntask_a1")
    window.remove("asyntask_b2")
    window.add("asyntask_b2")
    assert window.archived()["asyntask_a1"].label == "fruit tea, take 3"
    rest = [one for one in window.archived().values() if one.id != "asyntask_a1"]
    window.do(window.editor.delete(rest))
    assert list(window.archived()) == ["asyntask_a1"]
    there = [archive_path(path), *path.parent.glob("watchlist.archive.toml.damaged-*")]
    assert any(written[-9:] in file.read_bytes() for file in there)


def test_a_damaged_archive_is_kept_aside_before_it_is_written_anew(
    window: Window, path: Path
) -> None:
    damaged = b'x = \n[[ tasks ]]\nid = "old1"\n'
    archive_path(path).write_bytes(damaged)
    window.remove("asyntask_a1")
    assert path.with_name("watchlist.archive.toml.damaged-1").read_bytes() == damaged
    assert window.do(window.editor.archived()).damage == ""
    assert set(window.archived()) == {"asyntask_a1", "old1"}


@pytest.mark.parametrize(
    "content",
    ['tasks = [{id = "old1"}]\n', '[[tasks]]\nid = "old1"', '[tasks]\nid = "old1"\n', "", "x = 1"],
)
def test_an_archive_in_any_form_stays_readable(window: Window, path: Path, content: str) -> None:
    archive_path(path).write_text(content)
    before = set(ids(archive_path(path))) if "[[" in content else set()
    window.remove("asyntask_a1")
    window.remove("asyntask_b2")
    assert window.do(window.editor.archived()).damage == ""
    found = set(window.archived())
    assert found >= {"asyntask_a1", "asyntask_b2"} | before
    assert ("old1" in found) is ("old1" in content)


def test_unknown_keys_and_tables_of_the_archive_are_kept(window: Window, path: Path) -> None:
    archive_path(path).write_text('by = "hand"\n\n[[tasks]]\nid = "old1"\n\n[sync]\nx = 1\n')
    window.remove("asyntask_a1")
    window.add("old1")
    document = tomllib.loads(archive_path(path).read_text())
    assert (document["by"], document["sync"]) == ("hand", {"x": 1})
    assert ids(archive_path(path)) == ["asyntask_a1"]


def test_nothing_reads_the_whole_of_a_long_archive(
    window: Window, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.add("asyntask_a10", label="begins like another")
    window.remove("asyntask_a10")
    before = tables(path)

    def read(content: bytes) -> tuple[dict[str, Any], str]:
        raise AssertionError("the archive is read")

    with monkeypatch.context() as patched:
        patched.setattr(archive_module, "parse", read)
        window.remove("asyntask_a1")
        window.remove("asyntask_b2")
        window.add("asyntask_c3", "asyntask_a1")
        window.do(window.editor.undo())
        window.do(window.editor.undo())
        window.do(window.editor.undo())
    assert tables(path) == before
    assert sorted(ids(archive_path(path))) == ["asyntask_a10", "asyntask_c3"]
    assert window.archived()["asyntask_a10"].label == "begins like another"


@pytest.mark.parametrize(
    "more",
    [
        'label = """\n[[tasks]]\nid = "asyntask_a1"\n"""',
        'label = "of asyntask_a1"',
        "[tasks.asyntask_a1]\nx = 1",
        "[sync]\nlast = 'asyntask_a1'",
    ],
    ids=["a long text", "a label", "a table of its own", "another table"],
)
def test_an_id_that_stands_elsewhere_too_is_told_from_the_entry(
    window: Window, path: Path, more: str
) -> None:
    window.add("asyntask_c3")
    window.remove("asyntask_a1", "asyntask_c3")
    archive = archive_path(path)
    archive.write_text(archive.read_text("utf-8") + more + "\n", "utf-8")
    before = tomllib.loads(archive.read_text("utf-8"))
    window.add("asyntask_a1")
    after = tomllib.loads(archive.read_text("utf-8"))
    assert after["tasks"] == [table for table in before["tasks"] if table["id"] == "asyntask_c3"]
    assert after.get("sync") == before.get("sync")
    assert window.listed["asyntask_a1"].label == "fruit tea, take 3"


def test_an_editor_who_writes_the_archive_meanwhile_loses_nothing(
    window: Window, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    window.remove("asyntask_a1")
    by_hand, archive = '\n[[tasks]]\nid = "by_hand1"\n', archive_path(path)

    def late(path: Path, content: bytes, **options: Any) -> os.stat_result | None:
        if "by_hand1" not in archive.read_text():
            archive.write_text(archive.read_text() + by_hand)
        return write_whole(path, content, **options)

    monkeypatch.setattr(archive_module, "write_whole", late)
    window.remove("asyntask_b2")
    assert set(window.archived()) == {"asyntask_a1", "asyntask_b2", "by_hand1"}


class killing:  # noqa: N801  read as a verb
    """Let so many writes of files pass, then kill: the next is not begun."""

    def __init__(self, left: list[int]) -> None:
        self._left = left
        self._patches = [
            patch(f"seedance_tui.core.watchlist.{name}.write_whole", self._written)
            for name in ("file", "_archive")
        ]

    def __enter__(self) -> None:
        for one in self._patches:
            one.start()

    def __exit__(self, *_: object) -> None:
        for one in self._patches:
            one.stop()

    def _written(self, path: Path, content: bytes, **options: Any) -> os.stat_result | None:
        if not self._left[0]:
            raise Killed
        self._left[0] -= 1
        return write_whole(path, content, **options)


DEEDS: dict[str, Callable[[Window], object]] = {
    "remove": lambda window: window.remove("asyntask_a1"),
    "bring back": lambda window: window.do(window.editor.bring_back(window.archived().values())),
    "add": lambda window: window.add("asyntask_old9"),
}


@pytest.mark.parametrize("deed", DEEDS)
@pytest.mark.parametrize("writes", [0, 1])
def test_a_kill_between_the_two_writes_loses_nothing(path: Path, deed: str, writes: int) -> None:
    archive_path(path).write_text(
        'version = 1\n\n[[tasks]]\nid = "asyntask_old9"\nlabel = "old"\n'
        "archived = 2026-01-01T00:00:00Z\n"
    )
    window, left = Window(path), [writes]
    with suppress(Killed), killing(left):
        DEEDS[deed](window)
    later = Window(path)
    both = {**later.archived(), **later.listed}
    assert both["asyntask_a1"].label == "fruit tea, take 3"
    assert both["asyntask_a1"].extra == {"price": 3.5, "shot": {"scene": 4}}
    assert both["asyntask_old9"].label == "old"
    assert set(both) == {"asyntask_a1", "asyntask_b2", "asyntask_old9"}
    assert not set(later.listed) & set(later.archived()), "what is in both counts as watched"


IDS = tuple(f"task{n}" for n in range(6))
WORDS = ("add", "remove", "undo", "redo", "bring back", "reload")
DEED = st.tuples(
    st.integers(0, 1),
    st.sampled_from(WORDS),
    st.sets(st.sampled_from(IDS)),
    st.none() | st.integers(0, 2),
)


@given(st.lists(DEED, max_size=14))
def test_whatever_two_windows_do_no_id_and_no_label_is_lost(
    deeds: list[tuple[int, str, set[str], int | None]],
) -> None:
    """The last of a deed is how many files are written until the window is killed, if it is."""
    with tempfile.TemporaryDirectory() as folder:
        path, added = Path(folder) / "watchlist.toml", set[str]()
        windows = [Window(path), Window(path)]
        for number, word, chosen, writes in deeds:
            if writes is None:
                act(windows[number], word, sorted(chosen))
                added |= chosen if word == "add" else set()
            else:
                with suppress(Killed), killing([writes]):
                    act(windows[number], word, sorted(chosen))
                windows[number] = Window(path)
            later = Window(path)
            there = {**later.archived(), **later.listed}
            assert added <= set(there) <= added | chosen
            assert all(one.label == f"label of {i}" for i, one in there.items())
            added = set(there)


def act(window: Window, word: str, chosen: list[str]) -> None:
    match word:
        case "add":
            labels = [f"label of {one}" for one in chosen]
            window.do(window.editor.add(Found(tuple(chosen)), labels))
        case "remove":
            window.remove(*chosen)
        case "undo":
            window.do(window.editor.undo())
        case "redo":
            window.do(window.editor.redo())
        case "bring back":
            window.do(window.editor.bring_back(window.archived().values()))
        case "reload":
            window.do(window.editor.reload())


def test_reading_an_archive_that_is_not_there_finds_nothing(tmp_path: Path) -> None:
    assert Archive(tmp_path / "watchlist.toml").load().entries == ()


def test_what_an_editor_writes_after_a_deletion_brings_nothing_deleted_back(
    window: Window, path: Path
) -> None:
    window.remove("asyntask_a1")
    read_by_an_editor = path.read_text(encoding="utf-8")
    window.do(window.editor.delete(window.archived().values()))
    path.write_text(read_by_an_editor + '\n[[tasks]]\nid = "by_hand1"\n', encoding="utf-8")
    window.do(window.editor.reload())
    assert list(window.listed) == ["asyntask_b2", "by_hand1"]
    assert window.archived() == {}
    window.do(window.editor.undo())
    assert window.archived()["asyntask_a1"].label == "fruit tea, take 3"


def test_what_an_editor_brings_back_unawares_is_put_away_again(window: Window, path: Path) -> None:
    read_by_an_editor = path.read_text(encoding="utf-8")
    window.remove("asyntask_a1")
    path.write_text(read_by_an_editor + 'note = "by hand"\n', encoding="utf-8")
    window.do(window.editor.reload())
    assert list(window.listed) == ["asyntask_b2"]
    assert window.archived()["asyntask_a1"].label == "fruit tea, take 3"
    assert len(tables(archive_path(path))) == 1
