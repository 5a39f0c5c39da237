"""What is added behind a long list costs no reading of it, and a few tasks no reading of others."""

import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.core.storage.atomic import write_whole
from seedance_tui.core.watchlist._archive import Archive
from seedance_tui.core.watchlist.changes import END, Change, Step
from seedance_tui.core.watchlist.file import WatchListFile
from tests.core.conftest import MakeWatched

MOMENT = datetime(2026, 11, 22, 8, 9, 10, tzinfo=UTC)


@pytest.fixture
def long_list(tmp_path: Path, watched: MakeWatched) -> WatchListFile:
    """A list of thirty tasks that the program has written."""
    watch_list = WatchListFile(tmp_path / "watchlist.toml")
    steps = (Step(n, None, watched(f"task-{n:02}")) for n in range(30))
    watch_list.apply(Change(tuple(steps)))
    return watch_list


def appended(watched: MakeWatched, *ids: str) -> Change:
    return Change(tuple(Step(END + n, None, watched(one)) for n, one in enumerate(ids)))


def ids(watch_list: WatchListFile) -> list[str]:
    return [one.id for one in watch_list.load().watched]


def test_what_is_added_at_the_end_is_all_that_is_returned_and_the_rest_stays(
    long_list: WatchListFile, watched: MakeWatched
) -> None:
    before = ids(long_list)
    loaded = long_list.apply(appended(watched, "new-1", "new-2"))
    assert [one.id for one in loaded.watched] == ["new-1", "new-2"]
    assert loaded.stamp == long_list.modified()
    assert ids(long_list) == [*before, "new-1", "new-2"]
    assert [one.id for one in long_list.apply(appended(watched, "new-3")).watched] == ["new-3"]


def test_what_is_there_already_is_not_added_a_second_time(
    long_list: WatchListFile, watched: MakeWatched
) -> None:
    before = ids(long_list)
    loaded = long_list.apply(appended(watched, "task-07", "new-1"))
    assert [one.id for one in loaded.watched] == ids(long_list) == [*before, "new-1"]


def test_behind_a_table_that_an_editor_left_half_written_nothing_is_put(
    long_list: WatchListFile, watched: MakeWatched
) -> None:
    with long_list.path.open("a") as file:
        file.write("\n[[tasks]]\nid = \n")
    assert long_list.apply().damage, "a window looks at it"
    loaded = long_list.apply(appended(watched, "new-1"))
    assert loaded.kept_aside
    assert ids(long_list)[-2:] == ["task-29", "new-1"]
    assert long_list.load().damage == ""


def test_a_list_that_an_editor_wrote_last_is_read_before_anything_is_added(
    long_list: WatchListFile, watched: MakeWatched
) -> None:
    long_list.path.write_text('[[tasks]]\nid = "by_hand"\n')
    loaded = long_list.apply(appended(watched, "new-1"))
    assert {"by_hand", "new-1"} <= {one.id for one in loaded.watched}


def test_what_an_editor_writes_in_the_last_moment_is_not_lost_by_an_addition(
    long_list: WatchListFile, watched: MakeWatched, monkeypatch: pytest.MonkeyPatch
) -> None:
    edited = list[int]()

    def editor_first(path: Path, content: bytes, **options: Any) -> object:
        if not edited:
            text = path.read_text() + '\n[[tasks]]\nid = "by_hand"\n'
            edited.append(path.write_text(text))
        return write_whole(path, content, **options)

    monkeypatch.setattr("seedance_tui.core.watchlist.file.write_whole", editor_first)
    long_list.apply(appended(watched, "new-1"))
    assert {"by_hand", "new-1", "task-29"} <= set(ids(long_list))


def test_what_comes_back_to_the_end_leaves_the_archive_with_all_that_was_said_of_it(
    long_list: WatchListFile, watched: MakeWatched
) -> None:
    entry = watched("task-07", label="tea")
    long_list.apply(Change((Step(7, watched("task-07"), entry),)))
    long_list.apply(Change((Step(7, entry, None),)))
    (back,) = long_list.apply(appended(watched, "task-07")).watched
    assert (back.label, back.archived) == ("tea", None)
    assert Archive(long_list.path).load().entries == ()


@pytest.mark.parametrize(("count", "damage"), [(1, False), (60, False), (61, True)])
def test_up_to_sixty_tasks_are_looked_up_without_the_others_being_read(
    long_list: WatchListFile, count: int, damage: bool
) -> None:
    text = long_list.path.read_text()
    long_list.path.write_text(text.replace('id = "task-29"', "id = "))
    named = [f"task-{n:02}" for n in range(count)]
    loaded = long_list.load_of(named)
    assert bool(loaded.damage) is damage
    assert [one.id for one in loaded.watched][:count] == named[:29]
    assert loaded.stamp == long_list.modified()


def test_where_a_task_has_two_entries_its_look_up_reads_all_that_both_say(
    long_list: WatchListFile,
) -> None:
    with long_list.path.open("a") as file:
        file.write('\n[[tasks]]\nid = "task-07"\nnote = "by hand"\n')
    notes = [one.note for one in long_list.load_of(["task-07"]).watched if one.id == "task-07"]
    assert notes == ["by hand"]


@pytest.mark.parametrize(("count", "damage"), [(20, False), (21, True)])
def test_up_to_sixty_tasks_leave_the_archive_without_the_others_being_read(
    tmp_path: Path, watched: MakeWatched, count: int, damage: bool
) -> None:
    archive = Archive(tmp_path / "watchlist.toml")
    names = [f"task-{n:02}" for n in range(30)]
    archive.put({one: watched(one, archived=MOMENT) for one in names})
    archive.path.write_text(archive.path.read_text().replace('id = "task-29"', "id = "))
    archive.drop(names[:count])
    asides = list(tmp_path.glob("*.damaged-*"))
    assert bool(asides) is damage, "it is kept aside where it is written anew"
    assert [one.id for one in archive.load().entries] == names[count:29]


def test_what_is_in_no_archive_costs_no_reading_of_it_whatever_stands_in_it(
    long_list: WatchListFile, watched: MakeWatched, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive = Archive(long_list.path)
    archive.path.write_text('[[tasks]]\nid = "old"\nnote = """\ntwo lines"""\n')
    text = archive.path.read_text()

    def read(content: bytes) -> None:
        raise AssertionError("the archive is read")

    monkeypatch.setattr("seedance_tui.core.watchlist._archive.parse", read)
    long_list.apply(appended(watched, "new-1"))
    archive.drop(["new-2"])
    assert archive.path.read_text() == text


def test_the_archive_and_the_search_for_ids_are_loaded_by_who_needs_them_alone() -> None:
    code = "import sys, seedance_tui.core.watchlist.editor; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True)
    late = {"_archive", "_journal", "_appending", "find_ids"}
    names = {name.rpartition(".")[2] for name in loaded.stdout.decode().split()}
    assert "editor" in names
    assert not late & names


def test_a_few_tasks_of_a_list_that_is_not_there_are_none(tmp_path: Path) -> None:
    loaded = WatchListFile(tmp_path / "watchlist.toml").load_of(["task-01"])
    assert (loaded.watched, loaded.damage, loaded.stamp) == ((), "", None)
