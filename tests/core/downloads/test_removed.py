"""A download of a task that is removed meanwhile: removal is not loss, so it goes on."""

from dataclasses import replace

from seedance_tui.api.links import Kind
from seedance_tui.core.config import Config
from seedance_tui.core.model.file_states import Saved, Saving
from seedance_tui.core.session import Session
from seedance_tui.core.settings.auto_save import GuardSettings
from seedance_tui.demo import EVERY, Demo, ManualClock
from seedance_tui.demo.faults import Stall
from tests.core.downloads.test_files import SIZE, add, saving, until

ID = "asyntask_removedREMOVEDremovedREM01"
KEY = (ID, Kind.RESULT)


async def begun(session: Session, demo: Demo) -> None:
    """Have the file asked for, held up half-way, and its task taken off the list."""
    demo.store.faults.push(EVERY, Stall(SIZE // 2), times=None)
    session.files.queue.add([KEY])
    await until(lambda: isinstance(session.files.queue.jobs[0].state, Saving))
    session.store.watch([])


async def test_it_goes_on_while_the_program_runs(
    config: Config, demo: Demo, clock: ManualClock
) -> None:
    video = add(demo, ID)[ID]
    manual = replace(config, guard=GuardSettings())
    async with saving(manual, demo, clock) as session:
        await begun(session, demo)
        demo.store.faults.clear()
        session.files.queue.pause([KEY])
        session.files.queue.resume([KEY])
        await until(lambda: not session.files.queue.unfinished)
        known = session.store.known(ID)
        assert known
        assert isinstance(known.file(), Saved), "brought back, it is saved"
    assert (config.download_dir / f"{ID}.mp4").read_bytes() == video


async def test_it_is_taken_up_by_a_run_that_does_not_know_the_task(
    config: Config, demo: Demo, clock: ManualClock
) -> None:
    video = add(demo, ID)[ID]
    manual = replace(config, guard=GuardSettings())
    async with saving(manual, demo, clock) as session:
        await begun(session, demo)
    demo.store.faults.clear()
    task = demo.gateway.tasks.pop(ID)
    async with saving(manual, demo, clock) as later:
        demo.gateway.tasks[ID] = task
        later.files.queue.resume([KEY])
        await until(lambda: not later.files.queue.unfinished)
        assert later.files.queue.saved == {KEY: config.download_dir / f"{ID}.mp4"}
    assert (config.download_dir / f"{ID}.mp4").read_bytes() == video


async def test_what_the_user_cancels_is_not_gone_on_with(
    config: Config, demo: Demo, clock: ManualClock
) -> None:
    add(demo, ID)
    manual = replace(config, guard=GuardSettings())
    async with saving(manual, demo, clock) as session:
        await begun(session, demo)
        session.files.queue.cancel([KEY])
        await until(lambda: not list(config.download_dir.glob("*")))
        assert session.files.queue.jobs == ()
