"""The watch list on the disk: nobody's change is lost."""

import errno
import os
import subprocess
import sys
import threading
import time
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest

from seedance_tui.core.model.watched import Watched
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile
from tests.core.conftest import MakeWatched

A, B = "asyntask_h81efT0qwtLnzyt6VENmCZ6VXSfNxE2E", "asyntask_7a4PTDjyNKbEVJB5Usk1YmCQeQlxsp1f"
GOOD = f"""version = 1

[[tasks]]
id = "{A}"
added_at = 2026-11-22T08:09:10Z
label = "fruit tea, take 3"
"""
BUSY_WINDOW = """
import sys
from datetime import UTC, datetime
from pathlib import Path
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile

for n in range(25):
    entry = Watched(f"{sys.argv[2]}-{n}", datetime.now(UTC))
    WatchListFile(Path(sys.argv[1])).apply(Change((Step(n, None, entry),)))
"""


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "data" / "watchlist.toml"


Write = Callable[[str | bytes], WatchListFile]


@pytest.fixture
def written(path: Path) -> Write:
    """Write the file as a user would, some time ago: what is just written is waited for."""

    def write(content: str | bytes) -> WatchListFile:
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        os.utime(path, (time.time() - 10,) * 2)
        return WatchListFile(path)

    return write


Add = Callable[..., Change]


@pytest.fixture
def add(watched: MakeWatched) -> Add:
    def build(*ids: str, place: int = 0, **fields: str) -> Change:
        return Change(tuple(Step(place + n, None, watched(i, **fields)) for n, i in enumerate(ids)))

    return build


def ids(watched: tuple[Watched, ...]) -> list[str]:
    return [entry.id for entry in watched]


def test_a_list_that_is_not_there_is_empty(path: Path) -> None:
    assert WatchListFile(path).load().watched == ()
    assert WatchListFile(path).modified() is None
    assert not path.parent.exists()


def test_the_file_is_written_as_the_interface_says(path: Path, add: Add) -> None:
    WatchListFile(path).apply(add(A, label="fruit tea, take 3"))
    assert path.read_text(encoding="utf-8") == GOOD


@pytest.mark.skipif(os.name != "posix", reason="Windows has no modes")
def test_the_file_is_the_users_alone(written: Write, path: Path, add: Add) -> None:
    old = os.umask(0)
    try:
        WatchListFile(path).apply(add(A))
        assert path.stat().st_mode & 0o777 == 0o600
        path.chmod(0o644)
        WatchListFile(path).apply(add(B))
        assert path.stat().st_mode & 0o777 == 0o600
    finally:
        os.umask(old)


def test_short_entries_too_stand_under_headers_of_their_own(path: Path, add: Add) -> None:
    WatchListFile(path).apply(add("a", "b"))
    text = path.read_text(encoding="utf-8")
    assert text.count("\n[[tasks]]\n") == 2
    assert [table["id"] for table in tomllib.loads(text)["tasks"]] == ["a", "b"]


def test_an_empty_list_can_be_written_and_filled_again(path: Path, add: Add) -> None:
    watchlist = WatchListFile(path)
    watchlist.apply(add(A))
    assert watchlist.apply(add(A).inverse()).watched == ()
    assert tomllib.loads(path.read_text()) == {"version": 1}
    assert ids(watchlist.apply(add(B)).watched) == [B]


def test_text_of_any_kind_survives(path: Path, add: Add) -> None:
    label = "茶 🎬 \"q\" 'x' \\ \n \t \x00 \x1b[31m \u202e # [[tasks]]"
    watchlist = WatchListFile(path)
    watchlist.apply(add(A, label=label))
    assert watchlist.load().watched[0].label == label
    watchlist.apply(add(B, place=1, label="half \ud800"))
    assert watchlist.load().watched[1].label == "half ?"


def test_what_the_program_does_not_know_is_kept(written: Write, path: Path, add: Add) -> None:
    foreign = f"""
version = 7
editor = "vim"

[sync]
server = "nas"
at = 07:30:00

[[tasks]]
id = "{A}"
price = 3.5

[tasks.shot]
scene = 4

[[tasks.takes]]
n = 1

[[tasks]]
label = "no id yet"

[[tasks]]
[tasks.only]
deep = true

[[after]]
x = 1
"""
    written(foreign).apply(add(B, place=1))
    before, after = tomllib.loads(foreign), tomllib.loads(path.read_text(encoding="utf-8"))
    assert {k: v for k, v in after.items() if k != "tasks"} == {
        k: v for k, v in before.items() if k != "tasks"
    }
    first, second, *nameless = after["tasks"]
    assert {k: v for k, v in first.items() if k != "added_at"} == before["tasks"][0]
    assert second["id"] == B
    assert nameless == before["tasks"][1:]


def test_a_file_that_already_says_so_is_not_written(written: Write, path: Path, add: Add) -> None:
    comment = "# mine\n" + GOOD
    written(comment).apply(add(A))
    assert path.read_text() == comment


@pytest.mark.parametrize(
    "content",
    [b"\xef\xbb\xbf" + GOOD.encode(), GOOD.replace("\n", "\r\n").encode(), GOOD.strip().encode()],
    ids=["BOM", "CRLF", "no last line end"],
)
def test_a_file_from_any_editor_is_read_without_complaint(
    written: Write, add: Add, content: bytes
) -> None:
    watchlist = written(content)
    loaded = watchlist.load()
    assert (ids(loaded.watched), loaded.damage) == ([A], "")
    assert loaded.watched[0].label == "fruit tea, take 3"
    loaded = watchlist.apply(add(B, place=1))
    assert (ids(loaded.watched), loaded.damage, loaded.kept_aside) == ([A, B], "", None)
    assert ids(watchlist.load().watched) == [A, B]


def test_of_a_broken_file_nothing_is_lost(written: Write, path: Path, add: Add) -> None:
    broken = GOOD + f'\n[[tasks]]\nid = "{B}\n\n[[tasks]]\nid = "third"\n'
    watchlist = written(broken)
    loaded = watchlist.load()
    assert ids(loaded.watched) == [A, "third"]
    assert "line 9" in loaded.damage
    assert path.read_text() == broken, "reading alone changes nothing"
    loaded = watchlist.apply(add("new", place=2))
    assert ids(loaded.watched) == [A, "third", "new"]
    aside = path.with_name("watchlist.toml.damaged-1")
    assert loaded.kept_aside == aside
    assert aside.read_text() == broken
    assert watchlist.load().damage == ""


@pytest.mark.parametrize(("first", "second"), [("x = [", "y = ["), ("y = [", "x = [")])
def test_a_second_damage_does_not_replace_the_first(
    written: Write, path: Path, add: Add, first: str, second: str
) -> None:
    for count, broken in enumerate([first, second, first]):
        written(broken).apply(add(str(count)))
    asides = sorted(path.parent.glob("*.damaged-*"))
    assert [aside.name[-1] for aside in asides] == ["1", "2"]
    assert [aside.read_text() for aside in asides] == [first, second]


@pytest.mark.parametrize(
    ("content", "damage"),
    [
        (GOOD.replace("tea", "茶").encode("gbk"), "not UTF-8 (at line 6)"),
        (b'tasks = "asyntask_1"', "tasks"),
        (b'tasks = ["asyntask_1", "asyntask_2"]', "tasks"),
        (b"a = " + b"[" * 5000, "recursion"),
        (b"a = " + b"9" * 5000, "digit"),
        (GOOD.encode("utf-16"), "not UTF-8|Invalid|Illegal|Expected"),
    ],
    ids=["GBK", "a text", "a list of texts", "too deep", "too long a number", "UTF-16"],
)
def test_what_cannot_be_understood_is_kept_aside_before_it_is_written(
    written: Write, path: Path, add: Add, content: bytes, damage: str
) -> None:
    watchlist = written(content)
    assert any(word in watchlist.load().damage for word in damage.split("|"))
    watchlist.apply(add(B))
    assert path.with_name("watchlist.toml.damaged-1").read_bytes() == content
    assert B in ids(watchlist.load().watched)
    assert watchlist.load().damage == ""


def test_one_task_in_single_brackets_is_a_task(written: Write, add: Add) -> None:
    watchlist = written(f'[tasks]\nid = "{A}"\nlabel = "tea"\n')
    loaded = watchlist.apply(add(B, place=1))
    assert ids(loaded.watched) == [A, B]
    assert watchlist.load().watched[0].label == "tea"


def test_two_entries_of_one_task_become_one_that_says_all(written: Write, add: Add) -> None:
    watchlist = written(GOOD + f'\n[[tasks]]\nid = "{A}"\nlabel = "other"\nnote = "by hand"\n')
    (entry,) = watchlist.load().watched
    assert (entry.label, entry.note) == ("fruit tea, take 3", "by hand")
    watchlist.apply(add(B, place=1))
    assert watchlist.load().watched[0] == entry


@pytest.mark.skipif(os.name != "posix", reason="links need rights on Windows")
@pytest.mark.parametrize("dangling", [False, True])
def test_a_linked_file_stays_a_link(path: Path, add: Add, tmp_path: Path, dangling: bool) -> None:
    target = tmp_path / "dotfiles" / "list.toml"
    path.parent.mkdir()
    path.symlink_to(target)
    if not dangling:
        target.parent.mkdir()
        target.write_text(GOOD)
    WatchListFile(path).apply(add(B, place=1))
    assert path.is_symlink()
    assert ids(WatchListFile(target).load().watched) == ([B] if dangling else [A, B])


def test_a_change_meets_what_another_window_wrote_meanwhile(
    path: Path, add: Add, watched: MakeWatched
) -> None:
    mine, other = WatchListFile(path), WatchListFile(path)
    mine.apply(add("a", "b"))
    seen = mine.modified()
    other.apply(Change((Step(0, watched("a"), watched("a", label="theirs")),)))
    other.apply(add("c", place=2))
    assert mine.modified() != seen
    mine.apply(Change((Step(0, watched("a"), watched("a", note="mine")),)))
    loaded = mine.apply(Change((Step(1, watched("b"), None),)))
    assert ids(loaded.watched) == ["a", "c"]
    assert loaded.watched[0] == watched("a", label="theirs", note="mine")
    assert other.load() == loaded


def test_threads_that_add_at_once_lose_nothing(path: Path, add: Add) -> None:
    def window(name: str) -> None:
        for n in range(10):
            WatchListFile(path).apply(add(f"{name}-{n}"))

    threads = [threading.Thread(target=window, args=(name,)) for name in "abcd"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(WatchListFile(path).load().watched) == 40


def test_processes_that_add_at_once_lose_nothing(path: Path) -> None:
    windows = [
        subprocess.Popen([sys.executable, "-c", BUSY_WINDOW, str(path), name]) for name in "abcd"
    ]
    assert [window.wait(30) for window in windows] == [0, 0, 0, 0]
    wanted = {f"{name}-{n}" for name in "abcd" for n in range(25)}
    assert set(ids(WatchListFile(path).load().watched)) == wanted


@pytest.mark.parametrize(
    "where", ["os.fsync", "seedance_tui.files.replacing.replace_file", "tempfile.mkstemp"]
)
def test_a_write_that_fails_leaves_the_old_file_and_nothing_else(
    written: Write, path: Path, add: Add, monkeypatch: pytest.MonkeyPatch, where: str
) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    watchlist = written(GOOD)
    with monkeypatch.context() as patch:
        patch.setattr(where, full)
        with pytest.raises(OSError, match="No space left"):
            watchlist.apply(add(B))
    assert path.read_text() == GOOD
    assert {p.name for p in path.parent.iterdir()} <= {path.name, f".{path.name}.lock"}
    assert ids(watchlist.apply(add(B)).watched) == [B, A], "the lock is free again"


def test_a_broken_file_that_cannot_be_kept_aside_is_not_written(
    written: Write, path: Path, add: Add, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    watchlist = written("x = [")
    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(OSError, match="No space left"):
        watchlist.apply(add(B))
    assert path.read_text() == "x = ["


def test_a_list_that_is_a_folder_is_an_error_of_the_system(path: Path, add: Add) -> None:
    path.mkdir(parents=True)
    with pytest.raises(OSError, match=r"directory|denied"):
        WatchListFile(path).load()


def test_what_an_editor_takes_away_unawares_is_made_again(
    tmp_path: Path, watched: MakeWatched
) -> None:
    path = tmp_path / "watchlist.toml"
    WatchListFile(path).apply(Change((Step(0, None, watched("a")),)))
    read_by_an_editor = path.read_text()
    WatchListFile(path).apply(Change((Step(1, None, watched("b")),)))
    path.write_text(read_by_an_editor + '\n[[tasks]]\nid = "by_hand"\n')
    loaded = WatchListFile(path).apply()
    assert {one.id for one in loaded.watched} == {"a", "b", "by_hand"}
    assert {one.id for one in WatchListFile(path).load().watched} == {"a", "b", "by_hand"}


def test_what_is_removed_by_hand_later_stays_removed(
    tmp_path: Path, watched: MakeWatched, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "watchlist.toml"
    WatchListFile(path).apply(Change((Step(0, None, watched("a")), Step(1, None, watched("b")))))
    moment = time.time()
    monkeypatch.setattr("seedance_tui.core.watchlist.file.time.time", lambda: moment + 11)
    path.write_text('[[tasks]]\nid = "a"\nadded_at = 2026-01-01T00:00:00Z\n')
    assert [one.id for one in WatchListFile(path).apply().watched] == ["a"]


def test_a_change_of_another_window_is_never_taken_for_an_editors(
    tmp_path: Path, watched: MakeWatched
) -> None:
    path = tmp_path / "watchlist.toml"
    first, second = WatchListFile(path), WatchListFile(path)
    added = Change((Step(0, None, watched("a")),))
    first.apply(added)
    second.apply(added.inverse())
    assert first.apply().watched == ()
    assert second.apply().watched == ()


def test_a_damaged_file_is_not_touched_by_merely_looking_at_it(tmp_path: Path) -> None:
    path = tmp_path / "watchlist.toml"
    path.write_text('[[tasks]]\nid = "a"\n\n[[tasks]]\nid = \n')
    before = path.read_bytes()
    loaded = WatchListFile(path).apply()
    assert [one.id for one in loaded.watched] == ["a"]
    assert "line 5" in loaded.damage
    assert path.read_bytes() == before
