"""`download` beside others: another process, another task's file, a store that lies."""

import asyncio
import subprocess
import threading
import time
from collections.abc import AsyncGenerator, Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.api.links import Kind
from seedance_tui.api.transfer.claims import Owner, part_of
from seedance_tui.api.transfer.part_file import Part
from seedance_tui.command_line.output import say
from seedance_tui.core.naming.template import file_name
from seedance_tui.demo import EVERY, Blob, Demo
from seedance_tui.demo.clips import clip
from seedance_tui.demo.faults import Answer, NoLength
from seedance_tui.demo.messages import Handler, Request, Response
from tests.files.test_containers import FTYP, MDAT, ebml, movie

Shell = Callable[..., Any]
Program = Callable[..., subprocess.Popen[str]]
DONE = "asyntask_done1"


@pytest.fixture
def own(home: Path) -> Path:
    """Where the file of the task goes; the folder is there."""
    (home / "videos").mkdir()
    return home / "videos" / f"{DONE}.mp4"


@pytest.fixture
def beside(own: Path) -> Path:
    return own.with_name(file_name(DONE, Kind.RESULT, ".mp4", distinct=True))


def until(holds: Callable[[], object]) -> None:
    end = time.monotonic() + 30
    while not holds():
        assert time.monotonic() < end, "never held"
        time.sleep(0.005)  # another process's work


def put(demo: Demo, content: bytes) -> None:
    demo.store.put(demo.gateway.tasks[DONE].video_key, Blob.of(content))


class Halves:
    """Sends one half of the body, and the other once it is let go."""

    def __init__(self) -> None:
        self._go_on = threading.Event()

    def let_go(self) -> None:
        self._go_on.set()

    async def __call__(self, request: Request, handler: Handler) -> Response:
        good = await handler(request)
        return replace(good, body=self._sent(good), length=good.declared_length)

    async def _sent(self, good: Response) -> AsyncGenerator[bytes, None]:
        body = b"".join([chunk async for chunk in good.chunks()])
        yield body[: len(body) // 2]
        await asyncio.to_thread(self._go_on.wait, 30)
        yield body[len(body) // 2 :]


def test_a_file_that_another_process_is_saving_is_waited_for(
    demo: Demo, shell: Shell, program: Program, own: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    halves = Halves()

    def said(text: str) -> None:
        halves.let_go()
        say(text)

    monkeypatch.setattr("seedance_tui.command_line.save_one_file.say", said)
    demo.store.faults.push(EVERY, halves)
    with program("download", DONE) as other:
        until(lambda: part_of(own).exists())
        result = shell("download", DONE)
        assert (result.code, result.out) == (0, f"{own}\n")
        assert "another instance" in result.err
        assert other.wait(30) == 0
    assert [path.name for path in own.parent.iterdir()] == [own.name]


def test_the_wait_for_another_process_ends_with_the_time_limit(
    demo: Demo, shell: Shell, own: Path
) -> None:
    part = Part(own, Owner(DONE, "result"))
    part.open()
    try:
        result = shell("download", DONE, "--timeout", "1.5")
        assert result.code == 6
        assert "another instance is already downloading this file" in result.err
    finally:
        part.close()
    assert shell("download", DONE).code == 0


@pytest.mark.parametrize("alike", [False, True])
def test_four_processes_at_once_with_one_label_save_a_file_each(
    demo: Demo, shell: Shell, program: Program, home: Path, alike: bool
) -> None:
    names = [f"asyntask_label{n}" for n in range(4)]
    videos = {}
    for seed, name in enumerate(names):
        blob = Blob.virtual(300_000, 0 if alike else seed)
        demo.add(replace(demo.gateway.tasks[DONE], id=name), video=blob)
        demo.store.put(demo.gateway.tasks[name].video_key, blob)
        videos[name] = (blob.pattern * 5)[: blob.size]
        shell("add", name, "--label", "tea")
    (home / "config" / "seedance-tui").mkdir(parents=True)
    (home / "config" / "seedance-tui" / "config.toml").write_text('name = "{label}"')
    running = {name: program("download", name) for name in names}
    told = {}
    for name, process in running.items():
        out, err = process.communicate(timeout=60)
        assert process.returncode == 0, err
        told[name] = Path(out.strip())
    assert len(set(told.values())) == 4
    assert {name: path.read_bytes() for name, path in told.items()} == videos
    assert len(list((home / "videos").iterdir())) == 4, "and nothing unfinished"


@pytest.mark.usefixtures("alone")
def test_a_file_of_somebody_is_left_and_the_place_of_the_video_told(
    demo: Demo, shell: Shell, own: Path, beside: Path
) -> None:
    own.write_bytes(b"mine")
    result = shell("download", DONE)
    assert (result.code, result.out) == (0, f"{beside}\n")
    assert "belongs to another file" in result.err
    assert own.read_bytes() == b"mine"
    asked = len(demo.store.requests)
    assert shell("download", DONE).out == f"{beside}\n"
    assert len(demo.store.requests) == asked, "it is known to be there"


def test_a_whole_video_without_any_record_is_told_and_nobody_is_asked(
    demo: Demo, shell: Shell, own: Path
) -> None:
    own.write_bytes(clip("upscaled.mp4"))
    assert shell("download", DONE).out == f"{own}\n"
    assert not demo.store.requests


def test_a_third_of_a_video_without_a_length_is_not_told_as_saved(
    demo: Demo, shell: Shell, own: Path
) -> None:
    put(demo, clip("upscaled.mp4"))
    demo.store.faults.push(EVERY, NoLength(len(clip("upscaled.mp4")) // 3))
    assert shell("download", DONE).code == 0
    assert own.read_bytes() == clip("upscaled.mp4")


def test_a_store_that_asks_for_a_day_is_asked_again_soon(
    demo: Demo, shell: Shell, pauses: list[float]
) -> None:
    demo.store.faults.push(EVERY, Answer(503, {"Retry-After": "100000"}))
    assert shell("download", DONE).code == 0
    assert pauses == [20.0]


@pytest.mark.parametrize(
    ("content", "ending", "words"),
    [
        (FTYP + movie(b"soun") + MDAT, ".mp4", "sound but no picture"),
        (ebml(b"webm"), ".webm", "saved as .webm"),
        (ebml(b"matroska"), ".mkv", "saved as .mkv"),
    ],
)
def test_what_is_unusual_about_a_file_is_said(
    demo: Demo, shell: Shell, own: Path, content: bytes, ending: str, words: str
) -> None:
    put(demo, content)
    result = shell("download", DONE)
    assert (result.code, result.out) == (0, f"{own.with_suffix(ending)}\n")
    assert words in result.err
    assert own.with_suffix(ending).read_bytes() == content
    assert shell("download", DONE).out == result.out


def test_a_task_that_was_cancelled_is_not_called_unfinished(demo: Demo, shell: Shell) -> None:
    result = shell("download", "asyntask_cancelled1")
    assert result.code == 5
    assert "The task was cancelled." in result.err


@pytest.mark.usefixtures("alone")
def test_the_name_of_a_different_file_is_said_once(demo: Demo, shell: Shell, home: Path) -> None:
    path = home / "take4.mp4"
    path.write_bytes(b"another one")
    result = shell("download", DONE, "-o", str(path))
    assert result.code == 6
    assert (result.err.count("take4"), result.err.count("exists")) == (1, 1)
    assert path.read_bytes() == b"another one"
