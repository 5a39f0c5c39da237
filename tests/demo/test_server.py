"""The small HTTP server itself, and how the demo starts and ends."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import AsyncGenerator

import httpx
import pytest

from seedance_tui.demo import Demo, DemoTask, running_demo
from seedance_tui.demo.messages import Request, Response
from seedance_tui.demo.play import SCENARIOS
from seedance_tui.demo.server import Server


async def hello(request: Request) -> Response:
    return Response(200, {"Content-Type": "text/plain"}, b"hello")


async def talk(url: str, data: bytes) -> bytes:
    """Sends bytes to a server and reads until it hangs up."""
    reader, writer = await asyncio.open_connection("127.0.0.1", int(url.rpartition(":")[2]))
    writer.write(data)
    async with asyncio.timeout(5):
        answer = await reader.read()
    writer.close()
    await writer.wait_closed()
    return answer


async def test_a_connection_serves_many_requests() -> None:
    async with Server(hello) as server:
        port = int(server.url.rpartition(":")[2])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(3):
            writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
            assert (await reader.readuntil(b"hello")).startswith(b"HTTP/1.1 200 OK\r\n")
        writer.close()


async def test_a_connection_that_comes_as_the_server_ends_is_closed() -> None:
    ours, theirs = socket.socketpair()
    with ours:
        reader, writer = await asyncio.open_connection(sock=theirs)
        async with Server(hello) as server:
            server._accept(reader, writer)
        assert theirs.fileno() == -1


async def test_head_has_the_length_and_no_body(web: httpx.AsyncClient) -> None:
    async with Server(hello) as server:
        answer = await web.head(server.url)
        assert (answer.headers["Content-Length"], answer.content) == ("5", b"")
        assert (await web.get(server.url)).text == "hello"


async def test_pieces_without_a_length_go_chunked(web: httpx.AsyncClient) -> None:
    async def pieces() -> AsyncGenerator[bytes, None]:
        yield b"one "
        yield b"two"

    async def handler(request: Request) -> Response:
        return Response(body=pieces())

    async with Server(handler) as server:
        answer = await web.get(server.url)
        assert (answer.headers["Transfer-Encoding"], answer.text) == ("chunked", "one two")


async def test_a_client_may_ask_to_close() -> None:
    async with Server(hello) as server:
        request = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        assert (await talk(server.url, request)).endswith(b"\r\n\r\nhello")


@pytest.mark.parametrize(
    ("request_bytes", "status"),
    [
        (b"no http at all\r\n\r\n", b"400"),
        (b"GET / HTTP/1.1\r\nHost: x\r\nX: " + b"x" * 70_000 + b"\r\n\r\n", b"431"),
        (b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 70000\r\n\r\n" + b"x" * 70_000, b"413"),
    ],
)
async def test_what_is_not_http_or_too_large_is_refused(
    request_bytes: bytes, status: bytes
) -> None:
    async with Server(hello) as server:
        answer = await talk(server.url, request_bytes)
        assert answer.startswith(b"HTTP/1.1 " + status)


async def test_a_path_is_decoded_part_by_part(web: httpx.AsyncClient) -> None:
    seen = []

    async def handler(request: Request) -> Response:
        seen.append((request.path, request.segments, request.query))
        return Response()

    async with Server(handler) as server:
        await web.get(server.url + "/a%2Fb/%FF?x=%26&x=")
    assert seen == [("/a%2Fb/%FF", ("a/b", "\ufffd"), (("x", "&"), ("x", "")))]


async def test_leaving_ends_open_connections_and_leaves_no_task() -> None:
    before = asyncio.all_tasks()
    async with Server(hello) as server:
        port = int(server.url.rpartition(":")[2])
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n")
        await reader.readuntil(b"hello")
    assert await reader.read() == b""
    assert asyncio.all_tasks() == before
    writer.close()


async def test_a_client_that_goes_away_in_the_middle_does_no_harm(web: httpx.AsyncClient) -> None:
    async def endless() -> AsyncGenerator[bytes, None]:
        while True:
            yield b"x" * 65_536

    async def handler(request: Request) -> Response:
        return Response(body=endless())

    async with Server(handler) as server, web.stream("GET", server.url) as answer:
        await anext(answer.aiter_raw())


def test_a_demo_runs_in_a_thread_of_its_own() -> None:
    with running_demo(Demo(scenario=())) as demo:
        demo.add(DemoTask("task_1"))
        headers = {"Authorization": f"Bearer {demo.key}"}
        url = f"{demo.url}/v1/video/generations/task_1"
        assert (
            httpx.get(url, headers=headers, trust_env=False, verify=False).json()["code"]
            == "success"
        )
    with pytest.raises(httpx.ConnectError):
        httpx.get(url, trust_env=False, verify=False)


def test_a_port_that_is_taken_is_an_error_for_the_caller() -> None:
    taken = socket.create_server(("127.0.0.1", 0))
    with taken, pytest.raises(OSError), running_demo(Demo(port=taken.getsockname()[1])):
        pass


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to send")
def test_the_module_says_where_it_listens_and_ends_on_sigterm() -> None:
    command = [sys.executable, "-m", "seedance_tui.demo", "--key", "k"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as process:
        assert process.stdout
        assert process.stderr
        about = json.loads(process.stdout.readline())
        answer = httpx.get(about["url"], trust_env=False, verify=False)
        process.send_signal(signal.SIGTERM)
        errors = process.stderr.read()
    assert (about["key"], len(about["tasks"]), answer.status_code) == ("k", 10, 404)
    assert (process.returncode, errors) == (0, b"")


def test_the_module_names_its_scenarios_and_plays_none_of_another_name() -> None:
    command = [sys.executable, "-m", "seedance_tui.demo"]
    listed = subprocess.run([*command, "--list"], capture_output=True, check=True, text=True)
    assert listed.stdout.splitlines() == list(SCENARIOS)
    refused = subprocess.run([*command, "--play", "x"], capture_output=True, check=False, text=True)
    assert refused.returncode == 2
    assert "no scenario and no file: x" in refused.stderr


@pytest.mark.skipif(os.name == "nt", reason="Windows has no SIGTERM to send")
def test_the_module_plays_a_scenario_and_says_what_a_person_gives() -> None:
    command = [sys.executable, "-m", "seedance_tui.demo", "--play", "base URL"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:
        assert process.stdout
        about = json.loads(process.stdout.readline())
        process.send_signal(signal.SIGTERM)
    assert (len(about["tasks"]), about["given"][0]) == (3, f"{about['url']}/v1")
