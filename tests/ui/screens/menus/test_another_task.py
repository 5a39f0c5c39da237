"""A response about another task: told, kept apart, and taken for the task's own once a person says.

The question is asked by `d`, since what it decides is whether a video is saved under this name.
"""

from seedance_tui.api.links import Kind
from seedance_tui.core.model.file_states import Saved
from seedance_tui.demo import Demo
from seedance_tui.demo.faults import Fields
from seedance_tui.ui.screens.menus.another_task import AnotherTaskScreen
from tests.ui.conftest import DONE, Monitor, Start

OTHER = f"{DONE[:-4]}else"


async def with_another(monitor: Monitor) -> None:
    """Have the task answered for with another one's video, and the question on the screen."""
    shown = "".join(monitor.text("#detail").split())
    assert f"keptapart.Retrying.({OTHER})Ifitisthistask,pressd." in shown, "wrapped as it may be"
    await monitor.press("d")
    assert isinstance(monitor.app.screen, AnotherTaskScreen)


async def has_come(monitor: Monitor) -> None:
    await monitor.until(lambda: "kept" in monitor.text("#detail"))
    await monitor.settled()


def mistake(demo: Demo) -> None:
    """Let the gateway name another task in every answer about this one."""
    demo.gateway.faults.push(DONE, Fields({"task_id": OTHER}), times=None)


async def test_what_the_user_takes_for_its_own_is_shown_and_saved(start: Start, demo: Demo) -> None:
    mistake(demo)
    async with start(answered=False) as monitor:
        await has_come(monitor)
        await with_another(monitor)
        assert monitor.entry(DONE).task is None
        await monitor.press("u")
        await monitor.until(lambda: isinstance(monitor.file(), Saved))
        assert monitor.entry(DONE).status.word == "SUCCESS"
        assert "kept apart" not in monitor.text("#detail")
        await monitor.press("r")
        await monitor.until(lambda: not monitor.entry(DONE).problem)
        await monitor.session.recorder.close()
        assert [answer.id for answer in monitor.session.history.latest([DONE])] == [DONE]


async def test_what_is_kept_apart_is_neither_shown_nor_saved(start: Start, demo: Demo) -> None:
    mistake(demo)
    async with start(answered=False) as monitor:
        await has_come(monitor)
        for key in ("k", "escape"):
            await with_another(monitor)
            await monitor.press(key)
            assert monitor.on_top
        assert monitor.entry(DONE).task is None
        assert monitor.session.files.queue.jobs == ()


async def test_a_task_with_a_link_of_its_own_is_saved_without_a_question(
    start: Start, demo: Demo
) -> None:
    async with start() as monitor:
        mistake(demo)
        await monitor.press("r")
        await monitor.until(lambda: monitor.entry(DONE).problem)
        await monitor.press("d")
        assert monitor.on_top
        await monitor.until(lambda: isinstance(monitor.file(Kind.RESULT), Saved))
