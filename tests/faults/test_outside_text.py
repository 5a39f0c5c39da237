"""Text from outside, on every path to a screen, a pipe, a terminal or a file name.

Each attack tells of itself: `pwned` has to be seen, and nothing else of it may happen.
"""

from __future__ import annotations

import csv
import json
import os
import re
import unicodedata
from collections.abc import AsyncIterator, Iterator
from functools import partial
from itertools import islice
from pathlib import Path
from typing import Any
from urllib.parse import quote

import pytest
import pytest_asyncio

from seedance_tui.api.links import Kind
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.naming.template import file_name
from seedance_tui.core.text.sanitize import safe, steady
from seedance_tui.demo import Demo, DemoTask, ManualClock, Stage, running_demo
from seedance_tui.demo.faults import Answer
from tests.e2e.conftest import Terminal
from tests.faults.conftest import Added, Monitor, Monitoring, Seen, Shell, WriteList

ATTACKS = {
    "colour": "\x1b[31mpwned\x1b[0m",
    "title, OSC 0": "\x1b]0;pwned\x07",
    "link, OSC 8": "\x1b]8;;file:///pwned\x1b\\pwned\x1b]8;;\x1b\\",
    "clipboard, OSC 52": "\x1b]52;c;cHduZWQ=\x07pwned",
    "clear, CSI 2J": "\x1b[2J\x1b[Hpwned",
    "CSI of one byte": "\x9b31mpwned",
    "OSC of one byte": "\x9d0;pwned\x9c",
    "NUL, DEL, backspace": "pwned\x00\x7f\x08\x08pwned",
    "line ends": "pwned\r\npwned\x0b\x0c\x85\u2028\u2029pwned",
    "right to left": "\u202egpj.denwp\u202cpwned",
    "isolates": "\u2066pwned\u2069\u2067pwned\u2068",
    "zero width": "pwned\u200b\u200d\ufeff\u2060\u00ad",
    "halves of characters": "pwned\udfff\ud83d",
    "markup, an end": "[/x]pwned[/]",
    "markup, an action": "[@click=app.quit()]pwned[/]",
    "markup, a link": "[link=file:///x]pwned[/link]",
    "one long line": "pwned" * 20_000,
    "marks without end": "pwned" + "\u0301\u0489" * 2000,
    "joined emoji": "pwned👩‍👩‍👧‍👦🏳️‍🌈❤️👍🏽",
}
ON_A_LINE = " ".join(text for text in ATTACKS.values() if len(text) < 5000)
IN_A_FILE = {name: text for name, text in ATTACKS.items() if "\ud83d" not in text}
"""TOML is UTF-8, which has no halves of characters."""

FIRST = "asyntask_firstFIRSTfirstFIRSTfirst0001"
SECOND = "asyntask_secondSECONDsecondSECOND0002"
NOW = 1_784_600_000
ADDRESS = re.compile(r"https?://[\x21-\x7e]+")
"""What alone a click in the terminal may open."""

_SHORT = {name: text for name, text in ATTACKS.items() if len(text) < 50}
_THREES = [dict(islice(_SHORT.items(), n, n + 3)) for n in range(0, len(_SHORT), 3)]
_ALONE = [{name: text} for name, text in ATTACKS.items() if name not in _SHORT]
GROUPS = {", ".join(group): tuple(group.values()) for group in (*_THREES, *_ALONE)}
"""Few enough to be seen as a whole wherever a text has a line."""
in_one_loop = pytest.mark.asyncio(loop_scope="module")


def link(text: str) -> str:
    """A link that is good but for its text, which its reader decodes."""
    return (
        f"https://store.example/{quote(text[:60], errors='surrogatepass')}.mp4?Expires={NOW + 9000}"
    )


def answer(text: str, status: str, url: str = "") -> dict[str, Any]:
    """An answer that says the text in every field, known or not, and under keys of that name."""
    upstream = {
        "id": text,
        "model": text,
        "status": text,
        "ratio": text,
        "framespersecond": text,
        "seed": text,
        "duration": text,
        "resolution": text,
        "super_resolution": text,
        "generate_audio": text,
        "service_tier": text,
        "created_at": text,
        "content": {"video_url": url or text, "last_frame_url": url or text},
        "usage": {"total_tokens": text, text: 1},
        "error": {"code": text, "message": text},
        text: {text: [1, text]},
    }
    task = {
        "id": text,
        "action": text,
        "status": status,
        "progress": text,
        "fail_reason": text,
        "result_url": url or text,
        "original_result_url": url or text,
        "submit_time": text,
        "request_id": text,
        "platform": text,
        "data": upstream,
    }
    return {"code": text, "message": text, "data": task}


def says(value: object, status: int = 200) -> Answer:
    return Answer(status, {"Content-Type": "application/json"}, json.dumps(value).encode())


def refusal(text: str) -> dict[str, Any]:
    return {"error": {"code": text, "message": text, "type": text}}


def harm_in(text: str) -> set[str]:
    """What a text has that no terminal should get: control codes, bidi, halves, floods."""
    bad = {character for character in set(text) if is_bad(character)}
    return bad | set(re.findall("[\u0301\u0489]{5,}", text))


def is_bad(character: str) -> bool:
    category = unicodedata.category(character)
    return character != "\n" and category in ("Cc", "Cf", "Cs", "Zl", "Zp")


def check(monitor: Monitor) -> str:
    """Look at all there is on the screen, and return it."""
    strips = monitor.strips
    seen = "\n".join([monitor.regions, *(strip.text for strip in strips)])
    assert not harm_in(seen)
    for strip in strips:
        for segment in strip:
            style = segment.style
            assert style is None or not style.link or ADDRESS.fullmatch(style.link)
            assert style is None or not any(name.startswith("@") for name in style.meta)
    return seen


async def over(monitor: Monitor, key: str, text: str) -> str:
    """Open what a key opens over the monitor, look at it once it has the text, and close it."""
    monitor.tap(key)
    await monitor.until(lambda: text in "\n".join(monitor.drawn))
    seen = check(monitor)
    monitor.tap("escape")
    await monitor.until(lambda: monitor.app.screen is monitor.screen)
    return seen


@pytest_asyncio.fixture(scope="module", loop_scope="module")
async def monitor(
    monitoring: Monitoring, tmp_path_factory: pytest.TempPathFactory, key: str, added: Added
) -> AsyncIterator[Monitor]:
    """One program that is told everything, one thing after the other."""
    clock = ManualClock(NOW)
    async with (
        Demo(clock=clock, key=key, scenario=()) as demo,
        monitoring(
            demo, tmp_path_factory.mktemp("home"), clock, (added(FIRST), added(SECOND))
        ) as monitor,
    ):
        yield monitor


async def told(monitor: Monitor, **answers: Answer) -> None:
    """Ask about the tasks, and wait until the screen has what the gateway says of them."""
    if monitor.app.screen is not monitor.screen:  # nothing is drawn under a dialog
        monitor.tap("escape")
        await monitor.until(lambda: monitor.app.screen is monitor.screen)
    for task_id, what in answers.items():
        monitor.demo.gateway.answer(task_id, what)
    before = {task_id: monitor.asked(task_id) for task_id in answers}
    monitor.session.poller.ask_now(answers)
    await monitor.until(lambda: all(monitor.asked(i) > count for i, count in before.items()))
    await monitor.until(lambda: not monitor.screen.publisher.is_waiting)


@pytest.mark.parametrize("group", GROUPS.values(), ids=GROUPS)
@in_one_loop
async def test_no_field_of_an_answer_does_anything_but_be_seen(
    monitor: Monitor, group: tuple[str, ...]
) -> None:
    attack = " ".join(group)
    await told(
        monitor,
        **{
            FIRST: says(answer(attack, attack)),
            SECOND: says(answer(attack, "SUCCESS", link(attack))),
        },
    )
    monitor.list.choose(FIRST)
    monitor.detail.mode = "fields"
    await monitor.until(lambda: "pwned" in monitor.text("#detail"))
    await monitor.until(lambda: steady(attack, "▯")[:12] in monitor.row(FIRST))
    check(monitor)
    beginnings = ["".join(safe(text)[:30].split()) for text in group]
    await monitor.until(
        lambda: all(one in "".join(monitor.text("#detail").split()) for one in beginnings)
    )
    check(monitor)
    as_json = safe(json.dumps(attack, ensure_ascii=False))[:9]
    for mode, shown in (("json", as_json), ("timeline", safe(attack)[:8]), ("fields", "Ratio")):
        monitor.tap("m")
        await monitor.until(partial(lambda name: monitor.detail.mode == name, mode))
        await monitor.until(partial(lambda text: text in monitor.text("#detail"), shown))
        check(monitor)
    monitor.list.choose(SECOND)
    await monitor.until(lambda: "● Done" in monitor.row(SECOND))
    await monitor.until(lambda: "store.exam" in monitor.text("#detail"))
    check(monitor)
    assert "pwned" in await over(monitor, "Y", "Copy from")
    assert "store.exam" in await over(monitor, "D", "Download from")


@pytest.mark.parametrize("status", [400, 401, 403, 404, 408, 429, 500, 502])
@in_one_loop
async def test_no_refusal_does_anything_but_be_seen(monitor: Monitor, status: int) -> None:
    await told(monitor, **{FIRST: says(refusal(ON_A_LINE), status)})
    monitor.list.choose(FIRST)
    await monitor.until(lambda: "pwned" in monitor.everything)
    check(monitor)


@in_one_loop
async def test_markup_is_seen_as_it_was_written(monitor: Monitor) -> None:
    await told(monitor, **{FIRST: says(answer(ON_A_LINE, "FAILURE"))})
    monitor.list.choose(FIRST)
    await monitor.until(lambda: "✕ Failed" in monitor.row(FIRST))
    markups = ("[/x]pwned[/]", "[@click=app.quit()]pwned[/]", "[link=file:///x]pwned[/link]")
    await monitor.until(lambda: "pwned" in monitor.text("#detail"))
    shown = " ".join(monitor.text("#detail").split())
    assert all(markup in shown for markup in markups)
    check(monitor)


@in_one_loop
async def test_a_whole_link_is_shown_by_itself(monitor: Monitor) -> None:
    await told(monitor, **{SECOND: says(answer("x", "SUCCESS", link(ON_A_LINE)))})
    monitor.list.choose(SECOND)
    await monitor.until(lambda: "● Done" in monitor.row(SECOND))
    monitor.tap("Y")
    await monitor.until(lambda: "Full link" in "\n".join(monitor.drawn))
    assert "store.example" in await over(monitor, "l", "Select with the mouse")


@in_one_loop
async def test_a_paste_does_nothing_but_be_seen(monitor: Monitor) -> None:
    from textual import events

    monitor.app.post_message(events.Paste(f"asyntask_pasted1 {ON_A_LINE}"))
    await monitor.until(lambda: "pwned" in "\n".join(monitor.drawn))
    check(monitor)
    monitor.tap("escape")
    await monitor.until(lambda: monitor.app.screen is monitor.screen)


def hostile_list(added: Added) -> tuple[Watched, ...]:
    """Tasks with hostile labels, tags and notes, then tasks with hostile IDs."""
    attacks = [text[:3000] for text in IN_A_FILE.values()]
    labelled = (
        added(f"asyntask_labelled{n}", label=text, tags=(text, text), note=text)
        for n, text in enumerate(attacks)
    )
    named = (added(f"asyntask_{text}"[:500]) for text in attacks)
    return (*labelled, *named)


async def test_no_label_and_no_id_of_the_list_does_anything_but_be_seen(
    monitoring: Monitoring, tmp_path: Path, key: str, added: Added
) -> None:
    clock, watched = ManualClock(NOW), hostile_list(added)
    async with (
        Demo(clock=clock, key=key, scenario=()) as demo,
        monitoring(demo, tmp_path, clock, watched, size=(172, 60)) as monitor,
    ):
        for entry in monitor.list.entries:
            demo.add(DemoTask(entry.id, "", (Stage(-90, "IN_PROGRESS"),)))
        monitor.tap("R")  # what was not found so far is asked about ever more seldom
        await monitor.until(lambda: all(entry.task for entry in monitor.list.entries))
        monitor.tap("P")
        assert len(monitor.list.entries) == len(watched)
        for entry in monitor.list.entries:
            monitor.list.choose(entry.id)
            await monitor.until(lambda: monitor.is_drawn)
            assert steady(entry.name, "▯")[:8] in monitor.row(entry.id)
            check(monitor)
        for entry in monitor.list.entries[: len(IN_A_FILE) : 4]:
            monitor.list.choose(entry.id)
            monitor.tap("x")
            await monitor.until(lambda: "1 not finished yet" in monitor.text("#notice"))
            assert "pwned" in check(monitor)
            monitor.tap("u")
            await monitor.until(lambda: "Undone" in monitor.text("#notice"))
        monitor.list.choose(monitor.list.entries[0].id)
        for entry in monitor.list.entries:
            demo.set(entry.id, "SUCCESS")
        monitor.tap("R")
        await monitor.until(lambda: ": Done" in monitor.text("#notice"))
        await monitor.until(lambda: "● Done" in monitor.row(str(monitor.list.cursor)))
        check(monitor)
        assert "pwned" in await over(monitor, "Y", "Copy from")
        assert "pwned" in await over(monitor, "D", "Download from")


@pytest.fixture(scope="module")
def gateway(key: str) -> Iterator[Demo]:
    """A gateway in a thread that tells a task for each attack, and serves their files."""
    with running_demo(Demo(key=key, scenario=())) as demo:
        yield demo


@pytest.fixture(scope="module")
def hostile_file(
    tmp_path_factory: pytest.TempPathFactory, write_list: WriteList, added: Added
) -> bytes:
    path = tmp_path_factory.mktemp("hostile") / "watchlist.toml"
    write_list(path, hostile_list(added))
    return path.read_bytes()


@pytest.fixture
def hostile(
    gateway: Demo,
    shell: Shell,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    hostile_file: bytes,
    added: Added,
) -> Shell:
    """Runs a verb with a watch list and a gateway that are hostile wherever they can be."""
    monkeypatch.setenv("ANYFAST_BASE_URL", gateway.url)
    path = tmp_path / "watchlist.toml"
    path.write_bytes(hostile_file)
    monkeypatch.setenv("SEEDANCE_TUI_WATCHLIST", str(path))
    watched = hostile_list(added)
    attacks = [text for text in ATTACKS.values() if len(text) < 5000] + ["pwned" * 500]
    for number, one in enumerate(watched):
        text = attacks[number % len(attacks)]
        gateway.gateway.answer(one.id.strip(), says(answer(text, text)))

    def run(verb: str, *argv: str) -> Seen:
        seen = shell(verb, *argv)
        assert not harm_in(seen.out.replace("\t", "") + seen.err)
        assert "Traceback" not in seen.err
        return seen

    return run


@pytest.mark.parametrize(
    "argv", [("list", "--format", "table"), ("export",), ("export", "--format", "md")]
)
def test_no_line_of_a_list_does_anything_but_be_read(hostile: Shell, argv: tuple[str, ...]) -> None:
    seen = hostile(*argv)
    assert seen.code == 0
    assert seen.out.count("pwned") > 2 * len(IN_A_FILE)
    assert len(seen.out.splitlines()) - len(hostile_list_names()) in (0, 1, 2)


def hostile_list_names() -> list[str]:
    return [*IN_A_FILE, *IN_A_FILE]


def test_a_table_of_hostile_texts_has_as_many_cells_in_every_row(hostile: Shell) -> None:
    rows = list(csv.reader(hostile("export", "--format", "csv").out.splitlines()))
    assert {len(row) for row in rows} == {len(rows[0])}
    assert not any(cell.startswith(("=", "+", "-", "@")) for row in rows for cell in row)
    lines = hostile("export", "--format", "md").out.splitlines()
    assert len({len(re.split(r"(?<!\\)\|", line)) for line in lines}) == 1


def test_a_table_has_all_its_cells_beside_a_text_of_any_length(
    shell: Shell,
    tmp_path: Path,
    write_list: WriteList,
    added: Added,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setenv("SEEDANCE_TUI_WATCHLIST", str(tmp_path / "list.toml"))
    text = "pwned" * 22_000
    write_list(tmp_path / "list.toml", (added("asyntask_1", label=text, note=text),))
    heads, row = csv.reader(shell("export", "--offline").out.splitlines())
    assert len(row) == len(heads)


@pytest.mark.parametrize("verb", ["list", "export", "show"])
def test_json_is_ascii_and_says_the_text_as_it_is(hostile: Shell, verb: str) -> None:
    ids = [f"asyntask_labelled{n}" for n in range(3)] if verb == "show" else []
    seen = hostile(verb, "--json", *ids)
    assert seen.out.isascii()
    assert not harm_in(seen.out)
    assert ATTACKS["colour"] in json.dumps(json.loads(seen.out), ensure_ascii=False).replace(
        "\\u001b", "\x1b"
    )


def test_show_and_wait_tell_every_field_and_do_nothing(hostile: Shell) -> None:
    ids = [f"asyntask_labelled{n}" for n in range(len(IN_A_FILE))]
    assert hostile("show", *ids).out.count("pwned") > 20 * len(ids)
    assert "pwned" in hostile("wait", ids[0], "--timeout", "0.3").out
    assert "pwned" in hostile("remove", ids[0]).out + hostile("add", ids[0]).out + ON_A_LINE


@pytest.mark.parametrize("status", [400, 401, 403, 404, 429, 500])
def test_no_refusal_is_told_raw(hostile: Shell, gateway: Demo, status: int) -> None:
    gateway.gateway.answer("asyntask_labelled0", says(refusal(ON_A_LINE), status))
    seen = hostile("show", "asyntask_labelled0")
    assert "pwned" in seen.err


@pytest.mark.parametrize("attack", ATTACKS.values(), ids=ATTACKS)
def test_a_file_name_is_one_plain_name(attack: str) -> None:
    for task_id in (attack, f"asyntask_{attack}", f"../{attack}", f"{attack}/../../x"):
        for kind in Kind:
            name = file_name(task_id, kind, ".mp4")
            assert not harm_in(name)
            assert "\n" not in name
            assert Path(name).name == name
            assert name.endswith(".mp4")
            assert len(os.fsencode(name)) <= 250
            assert not set(name) & set('<>:"/\\|?*')


def test_hostile_ids_are_saved_under_plain_names(
    gateway: Demo,
    shell: Shell,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
    write_list: WriteList,
    added: Added,
) -> None:
    monkeypatch.setenv("ANYFAST_BASE_URL", gateway.url)
    monkeypatch.setenv("SEEDANCE_TUI_WATCHLIST", str(tmp_path / "list.toml"))
    watched = tuple(
        added(f"{n}/../{text}"[:200].strip()) for n, text in enumerate(IN_A_FILE.values())
    )
    write_list(tmp_path / "list.toml", watched)
    done = (Stage(-90, "NOT_START"), Stage(-80, "IN_PROGRESS"), Stage(-60, "SUCCESS"))
    for one in watched:
        gateway.add(DemoTask(one.id, "", done))
    seen = shell("download")
    assert not harm_in(seen.out + seen.err)
    assert seen.code == 0
    names = [path.name for path in (tmp_path / "videos").iterdir()]
    assert len(names) == len(watched)
    assert not any(harm_in(name) or "\n" in name for name in names)
    assert {path.name for path in tmp_path.rglob("*.mp4")} == set(names)


@pytest.fixture
def terminal(
    gateway: Demo, key: str, tmp_path: Path, write_list: WriteList, added: Added
) -> Iterator[Terminal]:
    gateway.gateway.faults.clear()
    write_list(tmp_path / "list.toml", (added(FIRST), added(SECOND), *hostile_list(added)))
    terminal = Terminal(
        [],
        {
            "HOME": str(tmp_path),
            "PATH": os.environ["PATH"],
            "TERM": "xterm-256color",
            "LANG": "C.UTF-8",
            "SSL_CERT_DIR": os.environ["SSL_CERT_DIR"],
            "ANYFAST_BASE_URL": gateway.url,
            "ANYFAST_API_KEY": key,
            "SEEDANCE_TUI_WATCHLIST": str(tmp_path / "list.toml"),
            "SEEDANCE_TUI_INTERVAL": "0.5",
        },
        (150, 50),
    )
    yield terminal
    terminal.process.close(force=True)


SEQUENCE = re.compile(
    rb"\x1b(?:\[[0-?]*[ -/]*[@-~]|\][^\x07\x1b]*(?:\x07|\x1b\\)|P[^\x1b]*\x1b\\"
    rb"|[()][0-9A-Z]|[=>78cM])"
)


def harmless(written: bytes, key: str) -> None:
    """Every sequence is one of the program's own kind, and what is left of it is plain text."""
    assert b"pwned" in written
    assert key.encode() not in written
    for sequence in SEQUENCE.findall(written):
        assert not sequence.startswith((b"\x1b]", b"\x1bP")) or b"pwned" not in sequence
        assert not sequence.startswith((b"\x1b]0;", b"\x1b]8;", b"\x1b]52;"))
        assert sequence not in (b"\x1b[31m", b"\x1bc")
    rest = SEQUENCE.sub(b"", written)
    assert b"\x1b" not in rest
    text = rest.decode()
    assert not harm_in(text.replace("\r", ""))
    for attack in ATTACKS.values():
        raw = attack.encode("utf-8", "surrogatepass")
        assert raw not in written or (raw.isascii() and raw.decode().isprintable())


def test_a_terminal_gets_no_byte_of_an_attack_as_it_came(
    terminal: Terminal, gateway: Demo, key: str
) -> None:
    gateway.gateway.answer(FIRST, says(answer(ON_A_LINE, ON_A_LINE)))
    gateway.gateway.answer(SECOND, says(answer(ON_A_LINE, "SUCCESS", link(ON_A_LINE))))
    terminal.shows("Done")
    terminal.press("s")
    terminal.shows("Sort by")
    terminal.press("w")
    terminal.hides("Sort by")
    terminal.press("gm")
    terminal.shows('"code"')
    terminal.press("m")
    terminal.shows("Observed changes")
    terminal.press("mj")
    terminal.shows("Ratio")
    terminal.press("Y")
    terminal.shows("Copy from")
    terminal.press("l")
    terminal.shows("back to seedance-tui")
    terminal.press("\r")
    terminal.hides("back to seedance-tui")
    terminal.press("D")
    terminal.shows("Download from")
    terminal.press("q")
    terminal.hides("Download from")
    terminal.press("Gx")
    terminal.shows("u Undo")
    pasted = ON_A_LINE.replace("\x1b", "").encode("utf-8", "replace")
    terminal.press(b"\x1b[200~asyntask_pasted1 " + pasted + b"\x1b[201~")
    terminal.shows("enter: add")
    terminal.press("\r")
    terminal.shows("added")
    gateway.gateway.answer(FIRST, says(refusal(ON_A_LINE), 500))
    terminal.press("gr")
    terminal.shows("Gateway error")
    terminal.press("q")
    assert terminal.end() == 0
    harmless(terminal.written, key)
