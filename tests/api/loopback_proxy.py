"""A small HTTP proxy on this machine, which notes what it is asked."""

import base64
import socket
import socketserver
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import urlsplit


@dataclass
class LoopbackProxy:
    """Passes on what comes with the right login, if one is wanted, and refuses all else with 407.

    `connect_status` is the answer to every CONNECT in place of a tunnel.
    """

    login: str = ""
    connect_status: int = 0
    asked: list[str] = field(default_factory=list)
    """Method and target of each request, in the order in which they came."""
    port: int = 0

    @property
    def place(self) -> str:
        return f"127.0.0.1:{self.port}"

    def refuses(self, authorization: str | None) -> bool:
        wanted = "Basic " + base64.b64encode(self.login.encode()).decode()
        return bool(self.login) and authorization != wanted


@contextmanager
def running_proxy(proxy: LoopbackProxy) -> Iterator[LoopbackProxy]:
    """Serve it in a thread."""

    class Handler(BaseHTTPRequestHandler):
        def _asked(self) -> bool:
            proxy.asked.append(f"{self.command} {self.path}")
            if not proxy.refuses(self.headers.get("Proxy-Authorization")):
                return True
            self.send_response(407)
            self.send_header("Proxy-Authenticate", "Basic realm=x")
            self.send_header("Content-Length", "0")
            self.end_headers()
            return False

        def do_GET(self) -> None:
            if self._asked():
                parts = urlsplit(self.path)
                headers = "".join(
                    f"{name}: {value}\r\n"
                    for name, value in self.headers.items()
                    if not name.lower().startswith(("proxy-", "connection"))
                )
                target = f"{parts.path}?{parts.query}" if parts.query else parts.path
                with socket.create_connection((parts.hostname, parts.port or 80)) as other:
                    head = f"GET {target} HTTP/1.1\r\n{headers}Connection: close\r\n\r\n"
                    other.sendall(head.encode())
                    while piece := other.recv(65_536):
                        self.wfile.write(piece)
                self.close_connection = True

        def do_CONNECT(self) -> None:
            if self._asked():
                self.send_response(proxy.connect_status or 502)
                self.send_header("Content-Length", "0")
                self.end_headers()

        def log_message(self, format: str, *args: object) -> None:
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        proxy.port = server.server_address[1]
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield proxy
        finally:
            server.shutdown()
            thread.join()


@contextmanager
def silent_server() -> Iterator[int]:
    """Take connections and never say a word; the port."""

    class Handler(socketserver.BaseRequestHandler):
        def handle(self) -> None:
            while self.request.recv(65_536):
                pass

    with socketserver.ThreadingTCPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
        thread.start()
        try:
            yield server.server_address[1]
        finally:
            server.shutdown()
            thread.join()
