"""`download`: videos saved, their paths told, and what can go wrong."""

import json
from dataclasses import replace
from pathlib import Path

import pytest

from seedance_tui.demo import EVERY, Blob, Demo
from seedance_tui.demo.faults import Answer, Cut, Expired, Html
from tests.commands.conftest import Shell

SAVED = "asyntask_done1.mp4"


def test_a_saved_file_is_whole_and_its_path_is_told(demo: Demo, shell: Shell, home: Path) -> None:
    result = shell("download", "asyntask_done1")
    assert (result.code, result.out) == (0, f"{home / 'videos' / SAVED}\n")
    assert result.err == ""
    task = demo.gateway.tasks["asyntask_done1"]
    blob = demo.store.get(task.video_key)
    assert blob
    assert (home / "videos" / SAVED).stat().st_size == blob.size
    assert not demo.store.leaks


def test_a_file_that_is_there_is_told_and_nobody_is_asked(
    demo: Demo, shell: Shell, home: Path
) -> None:
    shell("download", "asyntask_done1")
    asked = len(demo.gateway.requests)
    result = shell("download", "asyntask_done1")
    assert (result.code, result.out) == (0, f"{home / 'videos' / SAVED}\n")
    assert len(demo.gateway.requests) == asked


def test_both_are_the_result_and_the_original(demo: Demo, shell: Shell) -> None:
    result = shell("download", "asyntask_ultra1", "--both", "--json")
    (record,) = map(json.loads, result.lines)
    assert record["error"] is None
    assert record["files"]["result"]["bytes"] > 0
    assert record["files"]["original"]["path"].endswith("asyntask_ultra1_original.mp4")


def test_an_original_alone_is_saved_where_there_is_one(demo: Demo, shell: Shell) -> None:
    assert shell("download", "asyntask_ultra1", "--original").out.endswith("_original.mp4\n")
    assert shell("download", "asyntask_done1", "--both").code == 0
    result = shell("download", "asyntask_done1", "--original")
    assert result.code == 6
    assert "no such link" in result.err


def test_by_default_all_that_can_be_saved_is(watched: Demo, shell: Shell, home: Path) -> None:
    result = shell("download")
    assert result.code == 9, "one of them cannot be had any more"
    assert sorted(path.name for path in (home / "videos").iterdir()) == [
        "asyntask_done1.mp4",
        "asyntask_ultra1.mp4",
    ]
    assert "asyntask_expired1: the link has expired" in result.err
    assert shell("download").out == ""


@pytest.mark.parametrize(
    ("task_id", "code", "words"),
    [
        ("asyntask_expired1", 9, "the link has expired"),
        ("asyntask_failed1", 5, "copyright"),
        ("asyntask_none1", 4, "not found"),
        ("asyntask_open1", 8, "not finished yet"),
    ],
)
def test_each_trouble_has_its_exit_status_and_stops_no_other(
    demo: Demo, shell: Shell, task_id: str, code: int, words: str
) -> None:
    result = shell("download", task_id, "asyntask_done1")
    assert result.code == code
    assert words in result.err
    assert result.out.endswith(f"{SAVED}\n")


def test_a_link_that_the_store_refuses_is_9(demo: Demo, shell: Shell) -> None:
    demo.store.faults.push(EVERY, Expired(), times=None)
    assert shell("download", "asyntask_done1").code == 9


def test_what_is_no_video_is_6_and_not_kept(demo: Demo, shell: Shell, home: Path) -> None:
    demo.store.faults.push(EVERY, Html(), times=None)
    result = shell("download", "asyntask_done1")
    assert result.code == 6
    assert "not a video" in result.err
    assert not (home / "videos" / SAVED).exists()


def test_a_folder_that_cannot_be_written_is_6(demo: Demo, shell: Shell, home: Path) -> None:
    (home / "file").touch()
    result = shell("download", "asyntask_done1", "--download-dir", str(home / "file"))
    assert result.code == 6
    assert result.err.count("\n") == 1


def test_a_store_in_trouble_is_tried_again(demo: Demo, shell: Shell, pauses: list[float]) -> None:
    demo.store.faults.push(EVERY, Answer(503), times=2)
    assert shell("download", "asyntask_done1").code == 0
    assert pauses == [0.5, 1.0]


def test_a_store_that_stays_in_trouble_is_7(demo: Demo, shell: Shell, pauses: list[float]) -> None:
    demo.store.faults.push(EVERY, Answer(503), times=None)
    assert shell("download", "asyntask_done1").code == 7
    assert pauses == [0.5, 1.0, 2.0]


def test_a_connection_that_ends_early_is_tried_again(demo: Demo, shell: Shell, home: Path) -> None:
    demo.add(demo.gateway.tasks["asyntask_done1"], video=Blob.virtual(300_000))
    demo.store.faults.push(EVERY, Cut(100_000))
    assert shell("download", "asyntask_done1").code == 0
    assert (home / "videos" / SAVED).stat().st_size == 300_000


def test_a_gateway_in_trouble_is_7_and_a_refused_key_3(
    demo: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    demo.gateway.faults.push("asyntask_done1", Answer(500), times=None)
    assert shell("download", "asyntask_done1").code == 7
    demo.gateway.faults.clear()
    monkeypatch.setenv("ANYFAST_API_KEY", "wrong")
    assert shell("download", "asyntask_done1").code == 3


def test_with_wait_each_is_saved_as_it_ends(demo: Demo, shell: Shell) -> None:
    running = {"data": {"task_id": "asyntask_done1", "status": "IN_PROGRESS"}}
    demo.gateway.faults.push("asyntask_done1", Answer(body=json.dumps(running).encode()))
    result = shell("download", "--wait", "asyntask_done1")
    assert result.code == 0
    assert result.out.endswith(f"{SAVED}\n")


def test_with_wait_what_is_done_is_saved_though_another_is_never_done(
    demo: Demo, shell: Shell
) -> None:
    result = shell("download", "--wait", "--timeout", "2", "asyntask_done1", "asyntask_open1")
    assert result.code == 8
    assert result.out.endswith(f"{SAVED}\n")


def test_with_wait_and_no_ids_the_whole_list_is_waited_for(watched: Demo, shell: Shell) -> None:
    result = shell("download", "--wait", "--timeout", "2")
    assert result.code == 9, "a video that cannot be had any more, named or not"
    assert len(result.lines) == 2
    assert "asyntask_failed1" not in result.err, "what failed before is no news"


def test_of_several_troubles_the_exit_status_tells_the_first_in_order(
    demo: Demo, shell: Shell
) -> None:
    assert shell("download", "asyntask_open1", "asyntask_none1", "asyntask_failed1").code == 5
    assert shell("download", "asyntask_open1", "asyntask_none1").code == 4
    assert shell("download", "asyntask_failed1", "asyntask_expired1").code == 9


def test_a_folder_that_is_named_gets_the_file_though_another_has_it(
    demo: Demo, shell: Shell, home: Path
) -> None:
    assert shell("download", "asyntask_done1").code == 0
    result = shell("download", "asyntask_done1", "--download-dir", str(home / "other"))
    assert result.out.strip() == str(home / "other" / SAVED)
    assert (home / "other" / SAVED).exists()


def test_two_tasks_of_one_name_get_a_file_each(demo: Demo, shell: Shell, home: Path) -> None:
    demo.add(replace(demo.gateway.tasks["asyntask_done1"], id="asyntask_done9"))
    (home / "config" / "seedance-tui").mkdir(parents=True)
    (home / "config" / "seedance-tui" / "config.toml").write_text('name = "{model}"')
    result = shell("download", "asyntask_done1", "asyntask_done9")
    assert result.code == 0
    assert len(set(result.out.split())) == 2
