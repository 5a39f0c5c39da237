"""Serves the demo until it is told to end: `python -m seedance_tui.demo [--port N] [--key K]`."""

import argparse
import asyncio
import json
import signal

from .simulation import Demo


def main() -> None:
    """Reads the arguments and serves."""
    parser = argparse.ArgumentParser(prog="seedance_tui.demo", description=__doc__)
    parser.add_argument("--port", type=int, default=0, help="the gateway's port (0: any)")
    parser.add_argument("--key", default="demo-key", help="the API key that it accepts")
    arguments = parser.parse_args()
    asyncio.run(serve(Demo(port=arguments.port, key=arguments.key)))


async def serve(demo: Demo) -> None:
    """Prints one line of JSON with url, key and task IDs, then serves until SIGTERM or SIGINT."""
    stop, loop = asyncio.Event(), asyncio.get_running_loop()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: loop.call_soon_threadsafe(stop.set))
    async with demo:
        about = {"url": demo.url, "key": demo.key, "tasks": [task.id for task in demo.tasks]}
        print(json.dumps(about), flush=True)
        await stop.wait()


if __name__ == "__main__":
    main()
