"""How fast a file comes home, and in how much memory; run by hand: `tests/benchmarks/download.py`.

A gigabyte over the loopback from the simulated store, from a server that only sends a file, and
from one that sends it over TLS, as the real stores do; each in a process of its own; `curl -o`
fetches the same in the same run. The best of some rounds counts, as whatever else the machine does
only slows. The certificate is made by the command `openssl`. Files go to `/dev/shm` if there is
one, so that it is not the disk that is measured; `--folder` says otherwise.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import resource
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from printing import table, verdict

from seedance_tui.api.client import Client
from seedance_tui.api.transfer.background import in_thread
from seedance_tui.api.transfer.download import download
from seedance_tui.demo import Blob, ObjectStore

MEBIBYTE = 1024 * 1024
HEAD = ("", "MiB/s", "CPU s", "of curl's rate")
CERTIFICATE = "certificate.pem"
LEAST_RATE = 0.5
"""What Python takes off: httpx has six layers, and TLS comes in pieces of 16 KiB."""
MOST_GROWTH = 20
"""MiB of memory that a large file takes beyond a small one."""
_SPAWN = get_context("spawn")


@dataclass(frozen=True, slots=True)
class Run:
    """One fetch of the whole file, in seconds."""

    seconds: float
    processor: float


def serve_store(size: int, told: Connection) -> None:
    """Serve a virtual video as the simulated store does, until killed."""

    async def serve() -> None:
        store = ObjectStore()
        async with store.server:
            blob = Blob.virtual(size)
            store.put("video.mp4", blob)
            _ = blob.crc64  # computed now, and not while it is measured
            told.send(store.link("video.mp4", time.time()))
            await asyncio.Event().wait()

    asyncio.run(serve())


def serve_file(path: str, told: Connection) -> None:
    """Serve one file, and nothing else, until killed; over TLS if a certificate is beside it."""
    certificate = Path(path).with_name(CERTIFICATE)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER) if certificate.exists() else None
    if context:
        context.load_cert_chain(certificate)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
        told.send(f"http{'s' if context else ''}://127.0.0.1:{port}/video.mp4")
        while True:
            accepted, _ = listener.accept()
            connection = context.wrap_socket(accepted, server_side=True) if context else accepted
            with connection, open(path, "rb") as file:
                connection.recv(65536)
                length = os.fstat(file.fileno()).st_size
                connection.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n" % length)
                while context and (piece := file.read(MEBIBYTE)):
                    connection.sendall(piece)
                if not context:
                    connection.sendfile(file)


def certify(folder: Path) -> bool:
    """Make a certificate for this machine alone; False without the command `openssl`."""
    if not shutil.which("openssl"):
        return False
    key, certificate = folder / "key.pem", folder / CERTIFICATE
    command = "openssl req -x509 -newkey rsa:2048 -nodes -days 1 -subj /CN=127.0.0.1"
    extension = "subjectAltName=IP:127.0.0.1"
    subprocess.run(
        [*command.split(), "-addext", extension, "-keyout", key, "-out", certificate],
        check=True,
        capture_output=True,
    )
    certificate.write_bytes(key.read_bytes() + certificate.read_bytes())
    for name in ("SSL_CERT_FILE", "CURL_CA_BUNDLE"):
        os.environ[name] = str(certificate)
    return True


def with_curl(url: str, target: Path) -> Run:
    """Fetch with `curl -o`, and have the disk keep it, as the program does."""
    before, start = resource.getrusage(resource.RUSAGE_CHILDREN), time.perf_counter()
    subprocess.run(["curl", "--silent", "--fail", "--output", target, url], check=True)
    with target.open("r+b") as file:
        os.fsync(file.fileno())
    seconds, after = time.perf_counter() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    spent = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return Run(seconds, spent)


def with_download(url: str, target: Path) -> Run:
    """Fetch as the program does: in a thread, followed by the event loop."""

    async def fetch() -> None:
        async with Client("http://127.0.0.1:9", None) as client:
            await in_thread(lambda cancel: download(client.files, url, target, cancel))

    start, spent = time.perf_counter(), time.process_time()
    asyncio.run(fetch())
    return Run(time.perf_counter() - start, time.process_time() - spent)


def measure(
    server: Callable[..., None], first: Any, folder: Path, mebibytes: int, rounds: int
) -> tuple[list[tuple[str, ...]], float]:
    """Let curl and the program fetch in turn; return the rows, and the share of curl's rate."""
    link, told = _SPAWN.Pipe(duplex=False)
    process = _SPAWN.Process(target=server, args=(first, told), daemon=True)
    process.start()
    url, target = link.recv(), folder / "fetched.mp4"
    best: dict[str, Run] = {}
    for _ in range(rounds):
        for name, fetch in (("curl", with_curl), ("seedance-tui", with_download)):
            run = fetch(url, target)
            target.unlink()
            best[name] = min(best.get(name, run), run, key=lambda run: run.seconds)
    process.kill()
    process.join()
    share = best["curl"].seconds / best["seedance-tui"].seconds
    rows: list[tuple[str, ...]] = [
        (name, f"{mebibytes / run.seconds:.0f}", f"{run.processor:.2f}", f"{of:.2f}")
        for (name, run), of in zip(best.items(), (1.0, share), strict=True)
    ]
    return rows, share


def peak() -> int:
    """Return the most memory that this process has held, in MiB."""
    unit = 1 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * unit // MEBIBYTE


def main() -> int:
    """Measure, and print a table for each server."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--mebibytes", type=int, default=1024)
    parser.add_argument("--rounds", type=int, default=5)
    shared = Path("/dev/shm")
    parser.add_argument("--folder", type=Path, default=shared if shared.is_dir() else None)
    given = parser.parse_args()
    size = given.mebibytes * MEBIBYTE
    with tempfile.TemporaryDirectory(dir=given.folder) as name:
        folder = Path(name)
        measure(serve_store, MEBIBYTE, folder, 1, 1)  # so that all is imported
        idle = peak()
        rows, share = measure(serve_store, size, folder, given.mebibytes, given.rounds)
        table("from the simulated store, checksum and all", HEAD, rows)
        growth = peak() - idle
        static = folder / "static.mp4"
        with static.open("wb") as file:
            blob = Blob.virtual(size)
            while file.tell() < size:
                file.write(blob.read(file.tell(), size))
        rows, _ = measure(serve_file, str(static), folder, given.mebibytes, given.rounds)
        table("from a server that only sends a file", HEAD, rows)
        if certify(folder):
            rows, tls = measure(serve_file, str(static), folder, given.mebibytes, given.rounds)
            table("from a server that sends it over TLS", HEAD, rows)
        else:
            print("\nTLS is not measured: there is no command openssl")
            tls = 1.0
    print(f"\nmemory: {idle} MiB after a small download, {growth} MiB more at most for a large one")
    return verdict(
        {
            f"at least {LEAST_RATE} of curl's rate from the store": share >= LEAST_RATE,
            f"at least {LEAST_RATE} of curl's rate over TLS": tls >= LEAST_RATE,
            f"at most {MOST_GROWTH} MiB more memory": growth <= MOST_GROWTH,
        }
    )


if __name__ == "__main__":
    os.environ["SSL_CERT_DIR"] = os.devnull  # the machine's certificates have nothing to do with it
    sys.exit(main())
