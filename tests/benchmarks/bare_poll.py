"""The floor of asking: httpx alone, eight at once: `python bare_poll.py URL FILE_OF_IDS`."""

import asyncio
import sys
from pathlib import Path

import httpx


async def main(url: str, ids: list[str]) -> None:
    waiting = iter(ids)
    async with httpx.AsyncClient(base_url=url, headers={"Authorization": "Bearer k"}) as client:

        async def ask() -> None:
            for task_id in waiting:
                response = await client.get(f"/v1/video/generations/{task_id}")
                response.raise_for_status().json()

        await asyncio.gather(*(ask() for _ in range(min(8, len(ids)))))


asyncio.run(main(sys.argv[1], Path(sys.argv[2]).read_text().split()))
