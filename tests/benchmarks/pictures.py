"""How fast pictures come, and what they cost: prints a table; run by hand, with the extra `test`.

Times are of this machine as it is now; bytes are counted by the demo's store and are exact. The
clips are 1080p of five seconds, made here: one with one key frame, one with one each second.
"""

from __future__ import annotations

import asyncio
import resource
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

from seedance_tui.api.client import Client
from seedance_tui.api.key import ApiKey
from seedance_tui.api.transfer.background import CancelToken
from seedance_tui.core.media._process import decoding_process
from seedance_tui.core.media.budget import MEBIBYTE, Budget
from seedance_tui.core.media.clip import open_file, open_link
from seedance_tui.core.media.images import difference, sharpness
from seedance_tui.core.media.picture import Picture, fitted
from seedance_tui.core.media.posters import LONGEST_SIDE, Posters, first_frame
from seedance_tui.core.media.worker import MediaWorker
from seedance_tui.demo import Blob, Demo, running_demo

ROOT = Path(__file__).parents[2]
RATE, SECONDS = 24, 5
CELLS = fitted(1920, 1080, 160, 84)
"""Pixels of a picture in half of 160 × 45 cells."""
POSTERS = 200
Row = tuple[str, str, str]


def make(path: Path, between_keys: int, *, first: bool) -> Path:
    """Draws moving noise over a moving edge, so that the frames have a size as films have it."""
    from random import Random

    import av
    from av import VideoFrame
    from PIL import Image

    chance = Random(7)
    noise = Image.frombytes("L", (480, 270), chance.randbytes(480 * 270)).resize((2400, 1350))
    options = {"movflags": "faststart"} if first else {}
    with av.open(str(path), "w", options=options) as container:
        stream = container.add_stream("libx264", rate=RATE)
        stream.width, stream.height, stream.pix_fmt = 1920, 1080, "yuv420p"
        stream.codec_context.options = {
            "preset": "veryfast", "crf": "27", "g": str(between_keys), "sc_threshold": "0",
        }  # fmt: skip
        for number in range(RATE * SECONDS):
            at = number * 3
            image = noise.crop((at, at // 2, at + 1920, at // 2 + 1080)).convert("RGB")
            image.paste((200, 60, 40), (at * 3, 300, at * 3 + 300, 600))
            frame: VideoFrame = VideoFrame.from_image(image)  # type: ignore[no-untyped-call]
            container.mux(stream.encode(frame))
        container.mux(stream.encode(None))
    return path


def took(work: Callable[[], object]) -> float:
    """Milliseconds."""
    begun = time.perf_counter()
    work()
    return (time.perf_counter() - begun) * 1000


def first_picture(path: Path) -> float:
    """Milliseconds of the first picture of a run, the import in it."""
    code = (
        "import sys, time\nfrom pathlib import Path\n"
        "from seedance_tui.core.media.posters import first_frame\n"
        "from seedance_tui.core.media.clip import open_file\n"
        "begun = time.perf_counter()\nfirst_frame(open_file(Path(sys.argv[1])))\n"
        "print((time.perf_counter() - begun) * 1000)"
    )
    command = [sys.executable, "-c", code, str(path)]
    return float(subprocess.run(command, capture_output=True, text=True, cwd=ROOT).stdout)


def of_saved(path: Path) -> Iterator[Row]:
    yield "the first picture of a run, saved", f"{first_picture(path):.0f} ms", "600 ms"
    posters = [took(lambda: first_frame(open_file(path))) for _ in range(9)]
    yield "a poster of a saved file", f"{statistics.median(posters):.0f} ms", "150 ms"
    with closing(open_file(path)) as clip:
        whole = took(lambda: [None for _ in iter(lambda: clip.prepare(CELLS), False)])
        yield f"all {len(clip.moments)} frames, scaled", f"{whole:.0f} ms", ""
        steps = [took(lambda n=n: clip.frame(n, CELLS)) for n in range(60)]  # type: ignore[misc]
        yield "a step in it, p95", f"{sorted(steps)[57]:.2f} ms", "60 ms"
    with closing(open_file(path)) as clip:
        clip.frame(0, CELLS)
        steps = [took(lambda n=n: clip.frame(n, CELLS)) for n in range(1, 41)]  # type: ignore[misc]
        yield "a step before it is decoded, p95", f"{sorted(steps)[37]:.0f} ms", "60 ms"
        one, other = clip.frame(3, (1920, 1080)), clip.frame(40, (480, 270))
        yield "the difference of two pictures", f"{took(lambda: difference(one, other)):.0f} ms", ""
        yield "the sharpness of a picture", f"{took(lambda: sharpness(one)):.0f} ms", ""


def of_links(paths: list[Path]) -> Iterator[Row]:
    with running_demo(Demo(scenario=())) as demo:
        client = Client(demo.url, ApiKey(demo.key))
        for path in paths:
            demo.store.put(path.name, Blob.of(path.read_bytes()))
            url = demo.store.link(path.name, time.time())
            yield from of_link(demo, client, url, path)


def of_link(demo: Demo, client: Client, url: str, path: Path) -> Iterator[Row]:
    size = path.stat().st_size
    name = f"{path.stem}, {size // 1024} KiB"

    def opened() -> Picture:
        return first_frame(open_link(client.files, [url], Budget(), "poster", CancelToken()))

    opened()  # the store adds up its checksum once
    demo.store.requests.clear()
    budget = Budget(64 * MEBIBYTE)
    lasted = took(opened)
    clip = open_link(client.files, [url], budget, "task", CancelToken())
    clip.first(CELLS)
    yield (
        f"a poster of a link: {name}",
        f"{lasted:.0f} ms, {clip.fetched // 1024} KiB, {len(demo.store.requests) // 2} requests",
        "300 ms, 400 KiB",
    )
    for share in (0.25, 0.5, 0.75):
        index = round((len(clip.moments) - 1) * share)
        told, before, asked = clip.cost(index).bytes, clip.fetched, len(demo.store.requests)
        lasted = took(lambda index=index: clip.frame(index, CELLS))  # type: ignore[misc]
        yield (
            f"  then at {share:.0%}: {told // 1024} KiB told",
            f"{lasted:.0f} ms, {(clip.fetched - before) // 1024} KiB, "
            f"{len(demo.store.requests) - asked} requests",
            "as told",
        )
    clip.close()


def most_memory() -> float:
    """MiB that this process and the one that decodes had at the most."""
    own, process = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024, decoding_process()
    status = Path(f"/proc/{process.pid}/status")
    lines = status.read_text().splitlines() if process.pid and status.exists() else []
    return own + sum(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM"))


async def scrolled(path: Path, folder: Path) -> tuple[Row, ...]:
    """Many posters asked for and given up, as one scrolls by; the loop is watched meanwhile."""
    worker, posters, late = MediaWorker(), Posters(folder), [0.0]

    def poster(number: int) -> Picture:
        made = first_frame(open_file(path))
        posters.put(str(number), made)
        return made

    idle = most_memory()
    await worker.run(lambda cancel: poster(0))
    begun = most_memory()
    for number in range(POSTERS):
        job = asyncio.create_task(worker.run(lambda cancel, n=number: poster(n)))  # type: ignore[misc]
        at = time.perf_counter()
        await asyncio.sleep(0.02)
        late.append((time.perf_counter() - at - 0.02) * 1000)
        if number % 4:
            job.cancel()
        else:
            await job
    grown = most_memory() - begun
    worker.close()
    p95 = sorted(late)[int(len(late) * 0.95)]
    return (
        (
            "the first poster: memory, that of the process that decodes too",
            f"+{begun - idle:.0f} MiB",
            "",
        ),
        (f"{POSTERS} posters scrolled through: memory", f"+{grown:.0f} MiB", "60 MiB"),
        ("  the event loop late, p95", f"{p95:.1f} ms", "33 ms"),
    )


def main() -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        paths = [
            make(folder / "one key frame.mp4", 240, first=True),
            make(folder / "a key frame each second, index last.mp4", RATE, first=False),
        ]
        rows = [*asyncio.run(scrolled(paths[0], folder / "posters"))]
        rows += [*of_saved(paths[0]), *of_links(paths)]
    print(f"posters of {LONGEST_SIDE} pixels, pictures of {CELLS[0]} × {CELLS[1]}")
    for what, found, wanted in rows:
        print(f"{what:62} {found:34} {wanted}")


if __name__ == "__main__":
    main()
