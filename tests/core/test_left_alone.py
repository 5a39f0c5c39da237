"""A session that is left alone for hours of virtual time, with a gateway and stores in trouble."""

from bad_hour import BadHour
from left_alone import FULL, OFF, ON, Case, left_alone
from left_alone_worlds import simulated

HOUR = 3600.0
VIDEOS = 8
"""One for each store; of each second one the link dies within the hour."""


def test_with_auto_save_every_video_is_on_the_disk() -> None:
    outcome = left_alone(Case("", ON, HOUR, simulated), BadHour(VIDEOS))
    assert len(outcome.saved) == VIDEOS
    assert not outcome.told_lost
    asked = outcome.hour.requests
    assert min(asked["401"], asked["429"], asked["unanswered"]) > 0, "there was trouble"


def test_without_it_each_video_is_spoken_of_before_its_link_dies_and_after() -> None:
    outcome = left_alone(Case("", OFF, 2 * HOUR + 60, simulated), BadHour(VIDEOS))
    assert outcome.all_told_before
    assert outcome.notice >= 300
    assert outcome.all_told_lost
    assert outcome.lag <= 10
    assert not outcome.saved


def test_with_no_room_on_the_disk_each_video_is_spoken_of_before_and_after() -> None:
    outcome = left_alone(FULL, BadHour(VIDEOS, is_full=True))
    assert outcome.all_told_before
    assert outcome.all_told_lost
    assert not outcome.saved
