"""The whole screen, five times; `pytest tests/snapshots --snapshot-update` accepts a change."""

from textual import events
from textual.pilot import Pilot
from textual.widgets import TextArea

from seedance_tui.demo import SCENARIO
from tests.snapshots.conftest import Build, SnapCompare, Wait


def test_the_list_stands_beside_its_detail_where_there_is_room(
    monitor: Build, answered: Wait, snap_compare: SnapCompare
) -> None:
    assert snap_compare(monitor(), terminal_size=(120, 40), run_before=answered)


def test_the_list_stands_above_its_detail_in_a_usual_terminal(
    monitor: Build, answered: Wait, snap_compare: SnapCompare
) -> None:
    assert snap_compare(monitor(), terminal_size=(80, 24), run_before=answered)


def test_the_list_has_a_small_terminal_to_itself(
    monitor: Build, answered: Wait, snap_compare: SnapCompare
) -> None:
    assert snap_compare(monitor(), terminal_size=(40, 12), run_before=answered)


def test_a_paste_opens_the_add_dialog_which_counts_what_it_found(
    monitor: Build, answered: Wait, snap_compare: SnapCompare
) -> None:
    pasted = f"{SCENARIO[0].id}\nasyntask_{'New1' * 8}\nasyntask_{'New2' * 8}\nasyntask_Cut…"

    async def paste(pilot: Pilot[None]) -> None:
        await answered(pilot)
        pilot.app.screen.post_message(events.Paste(pasted))
        await pilot.pause()
        pilot.app.screen.query_one(TextArea).cursor_blink = False

    assert snap_compare(monitor(), terminal_size=(80, 24), run_before=paste)


def test_an_empty_list_says_what_to_do(
    monitor: Build, answered: Wait, snap_compare: SnapCompare
) -> None:
    assert snap_compare(monitor(()), terminal_size=(80, 24), run_before=answered)
