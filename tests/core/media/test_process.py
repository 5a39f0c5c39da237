"""The process that decodes: whatever a file does to it, the program has an end to its question."""

from __future__ import annotations

import io
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from PIL import Image

from seedance_tui.api.transfer.background import Cancelled
from seedance_tui.core.media._process import DecodingProcess
from seedance_tui.core.media._remote_decoder import RemoteDecoder
from seedance_tui.core.media.no_picture import NoPicture, Obstacle
from seedance_tui.core.media.picture import WHOLE, Picture
from tests.core.media.bad_clips import bombs
from tests.core.media.clips import Recipe, make, number_in

ROOT = Path(__file__).parents[3]
SIZE = 60, 34
MEBIBYTE = 1024 * 1024
LINUX = pytest.mark.skipif(sys.platform != "linux", reason="it is looked at in /proc")


@pytest.fixture
def process() -> Iterator[DecodingProcess]:
    process = DecodingProcess()
    yield process
    process.end()


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return make(Recipe("clip", movflags="faststart", options={"g": "250"}), tmp_path)


def opened(process: DecodingProcess, path: Path) -> RemoteDecoder:
    return RemoteDecoder(
        path, path.stat().st_size, no_bytes, nothing, is_whole=True, process=process
    )


def linked(process: DecodingProcess, path: Path) -> RemoteDecoder:
    """As a link is read: piece by piece, through the program."""
    data = path.read_bytes()

    def read_at(place: int, count: int) -> bytes:
        return data[place : place + count]

    return RemoteDecoder(None, len(data), read_at, nothing, is_whole=True, process=process)


def no_bytes(place: int, count: int) -> bytes:
    raise AssertionError("a saved file is read by the process itself")


def nothing() -> None:
    pass


def shown(decoder: RemoteDecoder, second: float) -> int:
    return number_in(decoder.at(decoder.begins + second, 0.02, SIZE, WHOLE))


@pytest.mark.parametrize("open_", [opened, linked])
def test_a_clip_goes_on_where_the_process_was_killed(
    process: DecodingProcess, path: Path, open_: Callable[[DecodingProcess, Path], RemoteDecoder]
) -> None:
    decoder = open_(process, path)
    assert shown(decoder, 0.5) == 6
    kill(process)
    assert shown(decoder, 1) == 12
    assert process.starts == 2


def test_a_file_that_ends_the_process_is_not_shown_to_it_again(
    process: DecodingProcess, path: Path
) -> None:
    decoder = linked(process, path)
    decoder._check = lambda: kill(process)
    kill(process)
    for _ in range(3):
        with pytest.raises(NoPicture) as caught:
            shown(decoder, 0)
        assert caught.value.why is Obstacle.BROKEN
    assert process.starts == 2
    assert shown(opened(process, path), 0) == 0


def test_a_step_that_takes_too_long_is_ended_and_the_next_picture_is_made(path: Path) -> None:
    process = DecodingProcess(seconds=0.5)
    with pytest.raises(NoPicture) as caught:
        process.ask({"do": "still", "most": 100}, endless_jpeg())
    assert caught.value.why is Obstacle.TOO_LARGE
    assert shown(opened(process, path), 1) == 12
    process.end()


@LINUX
def test_a_bomb_has_so_much_memory_and_no_more(tmp_path: Path, path: Path) -> None:
    process, bomb = DecodingProcess(memory=150 * MEBIBYTE), tmp_path / "bomb.mp4"
    for data in bombs(tmp_path):
        bomb.write_bytes(data)
        with pytest.raises(NoPicture) as caught:
            opened(process, bomb).first(SIZE)
        assert caught.value.why in (Obstacle.BROKEN, Obstacle.TOO_LARGE)
        assert number_in(opened(process, path).first(SIZE)) == 0
    status = Path(f"/proc/{process.pid}/status").read_text()
    most = next(line for line in status.splitlines() if line.startswith("VmHWM"))
    assert int(most.split()[1]) * 1024 < 200 * MEBIBYTE
    process.end()


def test_a_search_ends_once_nobody_waits_for_it(
    process: DecodingProcess, tmp_path: Path, large_clip: bytes
) -> None:
    def check() -> None:
        raise Cancelled

    path = tmp_path / "large.mp4"
    path.write_bytes(large_clip)
    decoder = linked(process, path)
    decoder._check = check
    with pytest.raises(Cancelled):
        shown(decoder, 1)
    decoder._check = nothing
    assert shown(decoder, 1) == 12
    assert process.starts == 1


@LINUX
def test_it_has_no_key(
    process: DecodingProcess, path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ANYFAST_API_KEY", "sk-secret")
    with closing(opened(process, path)):
        assert b"sk-secret" not in Path(f"/proc/{process.pid}/environ").read_bytes()


@pytest.mark.skipif(os.name != "posix", reason="signal 0 asks whether a process is there")
@pytest.mark.parametrize("end", ["", "import os; os._exit(0)"])
def test_it_ends_with_the_program(path: Path, end: str) -> None:
    code = (
        "import sys\nfrom pathlib import Path\n"
        "from seedance_tui.core.media._process import decoding_process\n"
        "from seedance_tui.core.media.clip import open_file\n"
        "open_file(Path(sys.argv[1])).frame(1, (16, 9))\n"
        f"print(decoding_process().pid, flush=True)\n{end}"
    )
    command = [sys.executable, "-c", code, str(path)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert not done.stderr
    until = time.monotonic() + 20
    while is_there(int(done.stdout)):
        assert time.monotonic() < until


def test_an_answer_that_takes_long_does_not_hold_up_the_end_of_the_program(tmp_path: Path) -> None:
    picture = tmp_path / "endless.jpg"
    picture.write_bytes(endless_jpeg(400_000))
    code = (
        "import sys, threading\nfrom pathlib import Path\n"
        "from seedance_tui.core.media._process import decoding_process\n"
        "process, data = decoding_process(3600.0), Path(sys.argv[1]).read_bytes()\n"
        "def ask(): process.ask({'do': 'still', 'most': 100}, data)\n"
        "threading.Thread(target=ask, daemon=True).start()\n"
        "while process.pid is None: pass"
    )
    command = [sys.executable, "-c", code, str(picture)]
    subprocess.run(command, cwd=ROOT, check=True, timeout=40)


def test_a_question_that_nobody_thought_of_ends_it_and_is_answered(
    process: DecodingProcess,
) -> None:
    with pytest.raises(NoPicture) as caught:
        process.ask({"do": "nonsense"})
    assert caught.value.why is Obstacle.BROKEN
    assert process.pid is None


def test_pictures_ahead_are_the_same_from_both(process: DecodingProcess, path: Path) -> None:
    decoder, other = opened(process, path), linked(process, path)
    ahead = list[tuple[float, Picture]]()
    is_end = False
    while not is_end:
        found, is_end = decoder.following(SIZE, WHOLE, again=not ahead)
        ahead += found
    assert [number_in(picture) for _at, picture in ahead] == list(range(24))
    for at, picture in ahead[::7]:
        assert other.at(at, 0.02, SIZE, WHOLE) == picture


def kill(process: DecodingProcess) -> None:
    child = process.running()
    child.send_signal(getattr(signal, "SIGKILL", signal.SIGTERM))
    child.wait()


def is_there(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def endless_jpeg(scans: int = 20_000) -> bytes:
    """A picture of 4K in very many scans."""
    written = io.BytesIO()
    Image.new("RGB", (64, 64)).save(written, "JPEG", progressive=True)
    data = written.getvalue()
    size, scan, end = data.index(b"\xff\xc2") + 5, data.index(b"\xff\xda"), data.rindex(b"\xff\xd9")
    first = data[scan : data.find(b"\xff\xc4", scan) if b"\xff\xc4" in data[scan:] else end]
    head = data[:size] + (2304).to_bytes(2, "big") + (4096).to_bytes(2, "big") + data[size + 4 :]
    return head[:scan] + first * scans + data[end:]
