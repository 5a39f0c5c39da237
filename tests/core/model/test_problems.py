"""One row a problem: every error that is raised has its own, and scripts can rely on it."""

from collections.abc import Iterator

import pytest

from seedance_tui.api import errors
from seedance_tui.api.errors import ApiError, LinkExpired, LinkRefused
from seedance_tui.core.model.codes import Code, Exit
from seedance_tui.core.model.outcomes import Problem
from seedance_tui.core.model.problems import PROBLEMS, ProblemSpec, spec_of

FAMILIES = (ApiError, errors.TransientError, errors.DownloadError)
"""Ancestors that are caught and never raised."""


def kinds(of: type[ApiError] = ApiError) -> Iterator[type[ApiError]]:
    yield of
    for kind in of.__subclasses__():
        if kind.__module__ == errors.__name__:
            yield from kinds(kind)


RAISED = [kind for kind in kinds() if kind not in FAMILIES]


@pytest.mark.parametrize("kind", RAISED, ids=lambda kind: kind.__name__)
def test_every_error_that_is_raised_has_a_row_of_its_own(kind: type[ApiError]) -> None:
    assert kind in PROBLEMS


def test_no_two_rows_share_a_text() -> None:
    rows = PROBLEMS.values()
    assert len({row.sentence for row in rows}) == len(rows)
    assert len({row.phrase for row in rows}) == len(rows)


def test_the_trouble_with_a_store_has_the_code_of_the_same_trouble_with_the_gateway() -> None:
    for kind in (errors.RateLimited, errors.ServerFault, errors.TimedOut, errors.Unreachable):
        (of_store,) = kind.__subclasses__()
        assert PROBLEMS[of_store].code is PROBLEMS[kind].code
        assert "storage server" in PROBLEMS[of_store].sentence.lower()
        assert "gateway" not in PROBLEMS[of_store].sentence


@pytest.mark.parametrize("row", PROBLEMS.values(), ids=lambda row: row.code)
def test_the_screen_gets_a_sentence_and_a_log_a_phrase_after_its_colon(row: ProblemSpec) -> None:
    assert row.sentence[0].isupper()
    assert row.sentence.endswith(".")
    assert row.phrase[0].islower()
    assert not row.phrase.endswith(".")


def test_an_error_without_a_row_has_that_of_its_nearest_ancestor() -> None:
    class NoSuchFolder(errors.DiskError):
        """A disk error that nobody has a row for."""

    assert spec_of(NoSuchFolder) is PROBLEMS[errors.DiskError]
    assert spec_of(errors.TransientError).code is Code.INTERNAL


SAID_OF_A_LINK = (
    *(errors.LinkExpired, errors.LinkRefused, errors.NotThere, errors.ClockWrong),
    *(errors.StoreClosed, errors.StoreBusy, errors.StoreUnreachable),
)


def test_what_a_store_says_of_a_link_has_a_code_of_its_own() -> None:
    assert len({PROBLEMS[kind].code for kind in SAID_OF_A_LINK}) == len(SAID_OF_A_LINK)
    assert [kind for kind in SAID_OF_A_LINK if PROBLEMS[kind].code is Code.LINK_EXPIRED] == [
        LinkExpired
    ]


def test_a_video_is_lost_only_where_a_store_has_said_so() -> None:
    told = [kind for kind in RAISED if Problem(kind, status=403).means_loss]
    gateways = {errors.GatewayForgot, errors.GatewayRefused, errors.NotAtGateway}
    assert set(told) == {errors.LinkExpired, errors.LinkRefused, errors.NotThere} | gateways
    assert not Problem(LinkRefused).means_loss, "a redirect that is not followed is our refusal"


EXITS = {
    Exit.OTHER: {Code.SETUP, Code.INTERNAL},
    Exit.NO_KEY: {Code.KEY_MISSING, Code.KEY_REFUSED, Code.KEY_EXHAUSTED, Code.FORBIDDEN},
    Exit.NOT_FOUND: {Code.NOT_FOUND},
    Exit.DISK: {
        *(Code.NOT_A_VIDEO, Code.INCOMPLETE, Code.CHECKSUM, Code.NAME_TAKEN),
        *(Code.IN_USE, Code.DISK_FULL, Code.DISK, Code.LINK_REFUSED, Code.LINK_MISSING),
    },
    Exit.NETWORK: {
        *(Code.RATE_LIMITED, Code.SERVER, Code.TIMEOUT, Code.UNREACHABLE),
        *(Code.WRONG_ADDRESS, Code.BAD_ANSWER),
    },
    Exit.STILL_OPEN: {Code.STILL_OPEN},
    Exit.EXPIRED: {Code.LINK_EXPIRED},
}


def test_every_problem_has_the_exit_status_that_scripts_expect() -> None:
    rows = [*PROBLEMS.values()]
    assert {status: {row.code for row in rows if row.exit is status} for status in EXITS} == EXITS
    assert {row.exit for row in rows} == set(EXITS)


def test_only_what_passes_by_itself_may_be_retried() -> None:
    passing = {kind for kind, row in PROBLEMS.items() if row.retryable}
    weather = set(kinds(errors.TransientError)) - {errors.TransientError}
    assert passing == weather | {errors.WrongLength, errors.NotAVideo, errors.InUse}
    assert not any(row.stops_asking and row.retryable for row in PROBLEMS.values())


@pytest.mark.parametrize("kind", RAISED, ids=lambda kind: kind.__name__)
def test_an_error_is_of_the_task_or_stops_all_or_neither(kind: type[ApiError]) -> None:
    problem = Problem(kind)
    stopping = {"KeyMissing", "KeyRefused", "KeyExhausted", "Forbidden", "WrongAddress"}
    stopping |= {"WrongPage", "SetupFailed"}
    assert problem.stops_asking == (kind.__name__ in stopping)
    assert problem.is_not_found == (kind is errors.TaskNotFound)
    assert problem.concerns_task == (kind in (errors.TaskNotFound, errors.AnotherTask))
