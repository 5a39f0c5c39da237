"""Every key that users are promised does on the monitor what it is promised for."""

from collections.abc import Callable
from functools import partial

from tests.ui.conftest import DONE, FAIL, IDS, OPEN, Monitor, Start
from tests.ui.keys.test_keymap import PROMISED


def ids(monitor: Monitor) -> tuple[str, ...]:
    return tuple(entry.id for entry in monitor.list.entries)


class Sitting(Monitor):
    """The monitor, what was opened, and how much was asked before the last key."""

    opened: list[str]
    asked_before = 0


Holds = Callable[[Sitting], object]


def over(name: str) -> Holds:
    """Whether a screen of that name lies over the monitor."""
    return lambda monitor: type(monitor.app.screen).__name__ == name


def at(task_id: str) -> Holds:
    return lambda monitor: monitor.list.cursor == task_id


def shows(*task_ids: str) -> Holds:
    return lambda monitor: ids(monitor) == task_ids


def says(text: str) -> Holds:
    return lambda monitor: text in monitor.notice


def copied(kind: str) -> Holds:
    def holds(monitor: Sitting) -> bool:
        links = {link.kind.name: link.url for link in monitor.entry(DONE).links}
        return monitor.copied[-1:] == [links[kind]]

    return holds


def asked(*task_ids: str) -> Holds:
    """Whether the tasks were asked about since, and nobody is about to be: that is not repeated."""

    def holds(monitor: Sitting) -> bool:
        new = list(monitor.demo.gateway.requests)[monitor.asked_before :]
        is_over = "Refreshing" not in monitor.notice
        return is_over and {request.target.rpartition("/")[2] for request in new} >= set(task_ids)

    return holds


def saved(ending: str) -> Holds:
    """Whether the file is on the disk, and said to be: that takes the place of other notices."""

    def holds(monitor: Sitting) -> bool:
        path = monitor.session.config.download_dir / f"{DONE}{ending}"
        if "Saved: " not in monitor.notice:
            monitor.hear()
        notice = monitor.notice
        return path.exists() and "Saved: " in notice and notice.endswith(path.name[-16:])

    return holds


def last_opened(ending: str) -> Holds:
    return lambda monitor: str(monitor.opened[-1:]).endswith(f"{ending}']")


def detail(text: str) -> Holds:
    return lambda monitor: text in monitor.text("#detail")


def is_displayed(selector: str, *, wanted: bool) -> Holds:
    return lambda monitor: monitor.screen.query_one(selector).display is wanted


def has_focus(selector: str) -> Holds:
    return lambda monitor: monitor.screen.query_one(selector).has_focus


STEPS = [
    ("a", over("AddScreen")),
    ("escape", lambda monitor: monitor.on_top),
    ("x", shows(OPEN, FAIL)),
    ("u", shows(*IDS)),
    ("U", shows(OPEN, FAIL)),
    ("u", shows(*IDS)),
    ("delete", shows(OPEN, FAIL)),
    ("u", shows(*IDS)),
    ("X", says("Nothing shown has ended and is saved")),
    ("0", shows()),
    ("1", shows(*IDS)),
    ("j", at(OPEN)),
    ("down", at(FAIL)),
    ("k", at(OPEN)),
    ("up", at(DONE)),
    ("G", at(FAIL)),
    ("g", at(DONE)),
    ("y", copied("RESULT")),
    ("C", copied("ORIGINAL")),
    ("c", copied("RESULT")),
    ("Y", over("CopyScreen")),
    ("o", copied("ORIGINAL")),
    ("Y", over("CopyScreen")),
    ("i", lambda monitor: monitor.copied[-1] == DONE),
    ("D", over("DownloadScreen")),
    ("o", saved("_original.mp4")),
    ("d", saved(".mp4")),
    ("D", over("DownloadScreen")),
    ("r", says("Already saved")),
    ("o", last_opened(".mp4")),
    ("O", last_opened("videos")),
    ("X", shows(OPEN, FAIL)),
    ("0", shows(DONE)),
    ("x", says("Archived; press X")),
    ("delete", over("DeleteScreen")),
    ("d", shows()),
    ("u", shows(DONE)),
    ("u", shows()),
    ("1", shows(*IDS)),
    ("g", at(DONE)),
    ("w", over("DownloadsScreen")),
    ("escape", lambda monitor: monitor.on_top),
    ("v", over("CompareScreen")),
    ("v", lambda monitor: monitor.on_top),
    ("i", over("CompareScreen")),
    ("i", lambda monitor: monitor.on_top),
    ("V", over("SheetScreen")),
    ("V", lambda monitor: monitor.on_top),
    ("L", says("mpv")),
    ("r", asked(DONE)),
    ("R", asked(DONE, OPEN, FAIL)),
    ("question_mark", over("HelpScreen")),
    ("escape", lambda monitor: monitor.on_top),
    ("f1", over("HelpScreen")),
    ("escape", lambda monitor: monitor.on_top),
    ("colon", over("Palette")),
    ("escape", lambda monitor: monitor.on_top),
    ("ctrl+p", over("Palette")),
    ("escape", lambda monitor: monitor.on_top),
    ("2", shows(OPEN)),
    ("3", shows(DONE)),
    ("4", shows(FAIL)),
    ("5", shows()),
    ("1", shows(*IDS)),
    ("S", shows(*reversed(IDS))),
    ("S", shows(*IDS)),
    ("s", over("SortScreen")),
    ("escape", lambda monitor: monitor.on_top),
    ("slash", has_focus("#filter Input")),
    ("4", lambda monitor: ids(monitor) != IDS),
    ("escape", shows(*IDS)),
    ("g", at(DONE)),
    ("space", lambda monitor: monitor.list.marks == {DONE}),
    ("ctrl+a", lambda monitor: monitor.list.marks == set(IDS)),
    ("ctrl+a", lambda monitor: not monitor.list.marks),
    ("n", says("No unseen tasks")),
    ("N", says("No unseen tasks")),
    ("g", at(DONE)),
    ("tab", has_focus("#detail")),
    ("tab", has_focus("#list")),
    ("enter", has_focus("#detail")),
    ("escape", has_focus("#list")),
    ("p", is_displayed("#detail", wanted=False)),
    ("p", is_displayed("#detail", wanted=True)),
    ("z", is_displayed("#detail", wanted=False)),
    ("z", is_displayed("#detail", wanted=True)),
    ("m", detail('"task_id"')),
    ("m", detail("5m 00s")),
    ("m", detail("Result URL")),
    ("t", says("UTC")),
    ("t", says("local")),
    ("e", over("EditScreen")),
    ("escape", lambda monitor: monitor.on_top),
    ("P", lambda monitor: monitor.session.poller.paused),
    ("P", lambda monitor: not monitor.session.poller.paused),
    ("q", lambda monitor: monitor.app.return_code == 0),
]
"""One sitting: each key, and what holds once it has done its work."""


async def test_every_key_does_what_it_is_promised_for(start: Start, opened: list[str]) -> None:
    async with start(painted=True) as monitor:
        sitting = Sitting(monitor.app, monitor.pilot, monitor.demo, monitor.copied)
        sitting.opened = opened
        for number, (key, holds) in enumerate(STEPS):
            sitting.asked_before = len(monitor.demo.gateway.requests)
            await monitor.press(key)
            try:
                await monitor.until(partial(holds, sitting))
            except AssertionError as error:
                raise AssertionError(f"step {number}: {key}") from error


def test_every_promised_key_is_pressed() -> None:
    assert {*PROMISED} <= {key for key, holds in STEPS}
