"""Serves the demo until it is told to end: `python -m seedance_tui.demo [--play NAME]`."""

import argparse
import asyncio
import json
import signal
from pathlib import Path

from .play import SCENARIOS, cast, play
from .simulation import Demo


def main() -> None:
    """Reads the arguments and serves."""
    parser = argparse.ArgumentParser(prog="seedance_tui.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="the gateway's port (0: any)")
    parser.add_argument("--key", default="demo-key", help="the API key that it accepts")
    parser.add_argument("--list", action="store_true", help="name the scenarios, and end")
    parser.add_argument("--play", metavar="NAME", help="a scenario, or the file of an answer")
    given = parser.parse_args()
    if given.list:
        print(*SCENARIOS, sep="\n")
        return
    if given.play is None:
        asyncio.run(serve(Demo(port=given.port, key=given.key)))
    elif given.play in SCENARIOS or Path(given.play).is_file():
        demo = Demo(port=given.port, key=given.key, scenario=cast(given.play))
        asyncio.run(serve(demo, given.play))
    else:
        parser.error(f"no scenario and no file: {given.play}")


async def serve(demo: Demo, scenario: str = "") -> None:
    """Prints one line of JSON with url, key and task IDs, then serves until SIGTERM or SIGINT.

    Of a scenario also what a person gives.
    """
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    async with demo:
        given = list(play(demo, scenario)) if scenario else []
        about = {"url": demo.url, "key": demo.key, "tasks": [task.id for task in demo.tasks]}
        print(json.dumps(about | ({"given": given} if given else {})), flush=True)
        await stop.wait()


if __name__ == "__main__":
    main()
