"""The watch list by the rules of Windows: no open file is replaced, and locks are of bytes."""

import os
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from seedance_tui.core.model.watched import Watched
from seedance_tui.core.storage.paths import archive_path
from seedance_tui.core.watchlist._archive import Archive
from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile
from seedance_tui.files import replacing
from tests.files.windows_rules import Msvcrt, play_windows

Build = Callable[..., Watched]


@pytest.fixture(autouse=True)
def msvcrt(monkeypatch: pytest.MonkeyPatch) -> Msvcrt:
    return play_windows(monkeypatch, seconds=0.2)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "watchlist.toml"


def add(entry: Watched) -> Change:
    return Change((Step(0, None, entry),))


def remove(entry: Watched) -> Change:
    return Change((Step(0, entry, None),))


def labels(path: Path) -> dict[str, str]:
    return {entry.id: entry.label for entry in WatchListFile(path).load().watched}


def play(path: Path, watched: Build) -> None:
    """Add twice, change a label, remove."""
    file = WatchListFile(path)
    file.apply(add(watched("a")))
    file.apply(add(watched("b")))
    file.apply(Change((Step(0, watched("a"), watched("a", label="tea")),)))
    file.apply(remove(watched("b")))


def _never(*_: object) -> None:
    raise AssertionError("nobody holds it open")


def test_the_list_is_replaced_again_and_again(
    path: Path, watched: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(replacing, "_written_into", _never)
    play(path, watched)
    assert labels(path) == {"a": "tea"}
    names = {path.name, f".{path.name}.lock", archive_path(path).name}
    assert {file.name for file in path.parent.iterdir()} == names


def test_a_reader_that_holds_it_open_keeps_nobody_from_writing(path: Path, watched: Build) -> None:
    WatchListFile(path).apply(add(watched("c")))
    with path.open("rb"):
        play(path, watched)
    assert labels(path) == {"a": "tea", "c": ""}


def test_what_a_killed_writer_had_begun_is_finished_by_the_next(
    path: Path, watched: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    file = WatchListFile(path)
    file.apply(add(watched("a")))
    with monkeypatch.context() as patch, path.open("rb"):
        patch.setattr(replacing, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            file.apply(add(watched("b")))
        path.write_bytes(path.read_bytes()[:40])
    file.apply(add(watched("c")))
    assert set(labels(path)) == {"a", "b", "c"}


def test_the_archive_is_written_while_a_reader_holds_it_open(path: Path, watched: Build) -> None:
    file = WatchListFile(path)
    file.apply(*(add(watched(one, label="tea")) for one in "abc"))
    file.apply(remove(watched("a")))
    with archive_path(path).open("rb"):
        file.apply(remove(watched("b")))
        file.apply(add(watched("a")))
    assert labels(path) == {"c": "tea", "a": "tea"}
    assert [entry.id for entry in Archive(path).load().entries] == ["b"]


def test_an_archive_that_a_killed_writer_had_begun_is_finished_by_the_next(
    path: Path, watched: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    file, archive = WatchListFile(path), archive_path(path)
    file.apply(*(add(watched(one, label="tea")) for one in "abc"))
    file.apply(remove(watched("a")))
    with monkeypatch.context() as patch, archive.open("rb"):
        patch.setattr(replacing, "_write", killed)
        with pytest.raises(KeyboardInterrupt):
            file.apply(remove(watched("b")))
        archive.write_bytes(archive.read_bytes()[:40])
    file.apply(remove(watched("c")))
    assert labels(path) == {"b": "tea"}
    assert {entry.id for entry in Archive(path).load().entries} == {"a", "b", "c"}


def test_writers_at_once_lose_nothing(path: Path, watched: Build) -> None:
    def window(name: str) -> None:
        for n in range(5):
            WatchListFile(path).apply(add(watched(f"{name}-{n}")))

    threads = [threading.Thread(target=window, args=(name,)) for name in "abcdef"]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(labels(path)) == 30


def test_what_an_editor_saves_in_the_last_moment_is_not_written_over(
    path: Path, watched: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = WatchListFile(path)
    file.apply(add(watched("a")))
    replace, saved = os.replace, list[int]()

    def editor_first(source: str, target: str) -> None:
        if not saved:
            saved.append(path.write_text(path.read_text() + '\n[[tasks]]\nid = "by_hand"\n'))
            raise PermissionError
        replace(source, target)

    monkeypatch.setattr(os, "replace", editor_first)
    file.apply(add(watched("b")))
    assert set(labels(path)) == {"a", "b", "by_hand"}


def test_a_list_on_a_file_system_without_locks_is_changed(
    path: Path, watched: Build, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise OSError(37, "No locks available")

    monkeypatch.setattr("seedance_tui.files.locks._lock", refuse)
    monkeypatch.setattr("seedance_tui.files.locks._unlock", refuse)
    play(path, watched)
    assert labels(path) == {"a": "tea"}
