"""What becomes of a file that was not saved: no wait may cost the link its life."""

import pytest

from seedance_tui.api.errors import DiskFull, LinkExpired, RateLimited, ServerFault
from seedance_tui.api.links import Kind
from seedance_tui.core.downloads._retry import after_failure, longest_wait
from seedance_tui.core.downloads.queue import Job
from seedance_tui.core.model.file_states import NotSaved, Saving, Waiting
from seedance_tui.core.model.outcomes import Problem

HOUR = 3600.0
JOB = Job(("a", Kind.RESULT), Saving(5, 10))


@pytest.mark.parametrize(
    ("left", "wait"), [(23 * HOUR, 300), (None, 300), (-5.0, 300), (600.0, 30), (60.0, 3), (1.0, 1)]
)
@pytest.mark.parametrize("asked", [100_000.0, 3600.0, 1e12])
@pytest.mark.parametrize("kind", [ServerFault, RateLimited])
def test_a_store_that_asks_for_days_gets_minutes_and_a_part_of_the_links_life(
    left: float | None, wait: float, asked: float, kind: type[ServerFault]
) -> None:
    job = after_failure(JOB, Problem(kind, at=1000.0, retry_after=asked), 50.0, left)
    assert job.due == 50.0 + wait
    assert job.state == Waiting(5, 10, Problem(kind, at=1000.0, retry_after=asked), 1000.0 + wait)


def test_our_own_pauses_keep_to_the_links_life_too() -> None:
    tired = Job(JOB.key, JOB.state, tries=9)
    assert after_failure(tired, Problem(ServerFault), 0.0, 200.0).due == 10.0


def test_a_wait_that_is_short_enough_is_obeyed() -> None:
    assert after_failure(JOB, Problem(RateLimited, retry_after=90.0), 0.0, 23 * HOUR).due == 90.0


def test_a_file_without_room_is_held_and_what_does_not_pass_given_up() -> None:
    held = after_failure(JOB, Problem.of(DiskFull(100, 1), 0.0), 0.0, None)
    assert (held.is_held, held.tries) == (True, 0)
    given_up = after_failure(JOB, Problem(LinkExpired), 0.0, None)
    assert given_up.state == NotSaved(Problem(LinkExpired))


def test_the_longest_wait_is_never_nothing() -> None:
    assert longest_wait(0.001) > 0
