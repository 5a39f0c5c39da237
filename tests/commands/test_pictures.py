"""`frames` and `compare`: pictures of videos for scripts."""

from __future__ import annotations

import io
from pathlib import Path

import pytest
from PIL import Image

from seedance_tui.core.media import preview
from seedance_tui.core.media.images import scaled
from seedance_tui.core.media.picture import Crop, Picture
from seedance_tui.demo import Blob, Demo
from seedance_tui.demo.faults import EVERY, Expired
from tests.core.media.clips import Recipe, make, number_in

from .conftest import Result, Shell

ID = "asyntask_ultra1"


@pytest.fixture
def clips(demo: Demo, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Demo:
    """The tasks have videos with numbers in them; the results are twice as large."""
    monkeypatch.chdir(tmp_path)
    small = make(Recipe("small", movflags="faststart"), tmp_path).read_bytes()
    large = make(Recipe("big", size=(384, 216), movflags="faststart"), tmp_path).read_bytes()
    for task in demo.tasks:
        demo.add(task, video=Blob.of(large), original=Blob.of(small))
    return demo


def read(path: str | Path) -> Picture:
    with Image.open(path) as image:
        return Picture(image.width, image.height, image.convert("RGB").tobytes())


def numbers(path: str | Path, columns: int, rows: int) -> list[int]:
    """The numbers in the cells of a sheet."""
    sheet = read(path)
    wide, high = (sheet.width + 8) / columns, (sheet.height + 8) / rows
    cells = [
        Crop(x * wide / sheet.width, y * high / sheet.height,
             (wide - 8) / sheet.width, (high - 8) / sheet.height)
        for y in range(rows) for x in range(columns)
    ]  # fmt: skip
    return [number_in(scaled(sheet, (96, 54), cell)) for cell in cells]


def test_frames_of_all_of_a_video_stand_in_a_grid(clips: Demo, shell: Shell) -> None:
    result = shell("frames", ID, "-o", "sheet.png")
    assert (result.code, result.lines, result.err) == (0, ["sheet.png"], "")
    assert numbers("sheet.png", 3, 3) == [0, 3, 6, 9, 12, 14, 17, 20, 23]


def test_moments_are_seconds_and_shares(clips: Demo, shell: Shell) -> None:
    result = shell("frames", ID, "--at", "0,50%,1.5s,100%,0.26", "--json")
    found = result.json
    assert [frame["index"] for frame in found["frames"]] == [0, 12, 18, 23, 3]
    assert numbers(found["path"], 5, 1) == [0, 12, 18, 23, 3]
    assert (found["id"], found["kind"], found["error"]) == (ID, "result", None)


def test_one_frame_has_all_of_its_pixels(clips: Demo, shell: Shell) -> None:
    for option, size in ((["--original"], (192, 108)), ([], (384, 216))):
        assert shell("frames", ID, "--at", "25%", "-o", "one.png", *option).code == 0
        assert read("one.png").size == size
        assert number_in(read("one.png")) == 6


def test_several_tasks_go_into_a_folder_under_their_names(
    clips: Demo, shell: Shell, tmp_path: Path
) -> None:
    folder = tmp_path / "out"
    folder.mkdir()
    result = shell("frames", ID, "asyntask_done1", "-o", str(folder), "--grid", "2x1")
    assert result.code == 0
    assert [Path(line).name for line in result.lines] == [
        f"{ID}.frames.png", "asyntask_done1.frames.png",
    ]  # fmt: skip
    assert numbers(result.lines[1], 2, 1) == [0, 23]


def test_a_saved_file_is_read_and_nobody_is_asked(clips: Demo, shell: Shell) -> None:
    assert shell("download", ID, "--both").code == 0
    asked = len(clips.store.requests), len(clips.gateway.requests)
    for verb in ("frames", "compare"):
        assert shell(verb, ID).code == 0
    assert (len(clips.store.requests), len(clips.gateway.requests)) == asked


def test_a_task_is_compared_with_its_original_at_the_same_moment(clips: Demo, shell: Shell) -> None:
    result = shell("compare", ID, "--at", "0.75s", "-o", "both.png", "--json")
    assert result.code == 0
    assert read("both.png").size == (2 * 384 + 8, 216)
    assert numbers("both.png", 2, 1) == [9, 9]
    original, upscaled = result.json["videos"]
    assert (original["width"], upscaled["width"]) == (192, 384)
    assert (original["tokens"], upscaled["tokens"]) == (108_900, 968_000)
    assert upscaled["sharpness"] > original["sharpness"] > 0


def test_two_tasks_are_compared_by_their_results(clips: Demo, shell: Shell) -> None:
    result = shell("compare", ID, "asyntask_done1", "--json")
    assert [video["id"] for video in result.json["videos"]] == [ID, "asyntask_done1"]
    assert result.json["path"] == f"{ID}.compare.png"


@pytest.mark.parametrize(
    ("task", "code", "word"),
    [("asyntask_open1", 8, "not finished"), ("asyntask_failed1", 5, "Rejected"),
     ("asyntask_expired1", 9, "expired"), ("asyntask_nobody1", 4, "")],
)  # fmt: skip
def test_what_has_no_picture_says_why(
    clips: Demo, shell: Shell, task: str, code: int, word: str
) -> None:
    for verb in ("frames", "compare") if code != 9 else ("frames",):
        result = shell(verb, task, "--json")
        assert result.code == code
        assert task in result.err
        assert word in result.err
        assert result.json["path"] is None
        assert result.json["error"]


@pytest.mark.parametrize("verb", ["frames", "compare"])
def test_a_record_has_the_same_names_whatever_came_of_it(
    clips: Demo, shell: Shell, verb: str
) -> None:
    records = [shell(verb, word, "--json").json for word in (ID, "asyntask_open1", "nonsense")]
    assert len({tuple(record) for record in records}) == 1


def test_nothing_on_standard_input_is_nothing_to_do(
    clips: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    for verb in ("frames", "compare"):
        monkeypatch.setattr("sys.stdin", io.TextIOWrapper(io.BytesIO()))
        assert shell(verb, "-") == Result(0, "", "")


def test_one_that_fails_stops_no_other(clips: Demo, shell: Shell) -> None:
    result = shell("frames", "asyntask_open1", ID)
    assert result.code == 8
    assert result.lines == [f"{ID}.frames.png"]


def test_a_task_without_an_original_is_not_compared_with_one(clips: Demo, shell: Shell) -> None:
    result = shell("compare", "asyntask_done1")
    assert (result.code, result.out) == (6, "")


def test_a_link_that_the_store_has_ended_is_9(clips: Demo, shell: Shell) -> None:
    clips.store.faults.push(EVERY, Expired(), times=None)
    assert shell("frames", ID).code == 9


def test_a_page_behind_the_link_is_no_video(clips: Demo, shell: Shell) -> None:
    task = next(task for task in clips.tasks if task.id == ID)
    page = Blob.of(b"<!doctype html><p>sign in" * 40)
    clips.add(task, video=page, original=page)
    result = shell("frames", ID)
    assert result.code == 6
    assert "video" in result.err


@pytest.mark.parametrize(
    "argv",
    [("frames", ID, "--at", "soon"), ("frames", ID, "--at", "150%"), ("frames", ID, "--grid", "3"),
     ("frames", ID, "--grid", "0x3"), ("frames", ID, "--grid", "99x99"), ("compare",),
     ("compare", ID, "asyntask_done1", "asyntask_open1"), ("compare", ID, "--at", "-1")],
)  # fmt: skip
def test_a_wrong_command_line_is_2(clips: Demo, shell: Shell, argv: tuple[str, ...]) -> None:
    result = shell(*argv)
    assert (result.code, result.out) == (2, "")
    assert result.err


def test_without_the_extra_the_command_that_adds_it_is_said(
    clips: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(preview, "find_spec", lambda name: None)
    preview.has_preview.cache_clear()
    try:
        result = shell("frames", ID)
    finally:
        preview.has_preview.cache_clear()
    assert result.code == 1
    assert preview.ADD_PREVIEW in result.err


def test_a_place_that_cannot_be_written_is_6(clips: Demo, shell: Shell, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    result = shell("frames", ID, "-o", str(tmp_path / "file" / "out.png"))
    assert result.code == 6
