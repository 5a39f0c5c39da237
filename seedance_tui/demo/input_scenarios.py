"""What people type and paste, and how their machines are set up; the gateway is as always.

Source: public reports of the gateway's clients.
"""

from collections.abc import Callable, Mapping, Sequence

from .simulation import Demo


def no_proxy(demo: Demo, task_id: str) -> Sequence[str]:
    """Values of NO_PROXY as tools write them; the first and the third cover this machine."""
    return (
        "localhost,127.0.0.1,::1,[::1]",
        "fd07:b51a:cc66:f0::/64",
        "127.0.0.0/8",
        "*.local, 169.254/16, <local>",
    )


def base_url(demo: Demo, task_id: str) -> Sequence[str]:
    """The base URL with what is no part of it, and without its scheme."""
    ends = "/v1", "/v1/", "/v1/video/generations", ""
    return (*(demo.url + end for end in ends), demo.url.partition("://")[2])


def key_as_pasted(demo: Demo, task_id: str) -> Sequence[str]:
    """The key with what stands around it where it was copied."""
    key = demo.key
    return f"Bearer {key}", f'"{key}"', f"ANYFAST_API_KEY={key}", f"{key}\u200b"


def wrapped_id(demo: Demo, task_id: str) -> Sequence[str]:
    """The task's ID as a terminal breaks it; the last one lacks a character."""
    first, rest = task_id[:-8], task_id[-8:]
    return f"{first}\n    {rest}", f"{first}\r\n{rest}", f"{first}\n{rest[:-1]}"


INPUT_SCENARIOS: Mapping[str, Callable[[Demo, str], Sequence[str]]] = {
    "NO_PROXY": no_proxy,
    "base URL": base_url,
    "key as pasted": key_as_pasted,
    "ID broken by a wrapped line": wrapped_id,
}
