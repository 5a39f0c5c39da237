"""Frames from links: what they cost is told before, and no more than that is fetched."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

from seedance_tui.api.client import Client
from seedance_tui.api.transfer.background import Cancelled, CancelToken
from seedance_tui.core.media._link_file import BLOCK
from seedance_tui.core.media.budget import Budget
from seedance_tui.core.media.clip import Clip, open_file, open_link
from seedance_tui.core.media.no_picture import NoPicture, Obstacle
from seedance_tui.demo import Demo
from seedance_tui.demo.faults import EVERY, Expired, IgnoreRange, Redirect, Reset
from tests.core.media.clips import Recipe, make, number_in

SIZE = 60, 34
Open = Callable[..., Clip]


@pytest.fixture
def opened(client: Client) -> Open:
    def open_(*urls: str, budget: Budget | None = None, cancel: CancelToken | None = None) -> Clip:
        return open_link(client.files, urls, budget or Budget(), "task", cancel or CancelToken())

    return open_


@pytest.mark.parametrize(
    "recipe",
    [
        Recipe("first", movflags="faststart", sound="aac"),
        Recipe("last", options={"g": "6"}),
        Recipe("open", options={"x264-params": "open-gop=1:keyint=8:bframes=3:b-adapt=0"}),
        Recipe("fragments", movflags="frag_keyframe+empty_moov", options={"g": "6"}),
        Recipe("vp9", codec="libvpx-vp9", format="webm"),
    ],
    ids=lambda recipe: recipe.name,
)
def test_a_link_shows_what_the_saved_file_shows(
    opened: Open, linked: Callable[[bytes], str], recipe: Recipe, tmp_path: Path
) -> None:
    path = make(recipe, tmp_path)
    clip, saved = opened(linked(path.read_bytes())), open_file(path)
    with closing(saved):
        for index in (0, len(saved.moments) - 1, *range(5, 18)):
            assert clip.frame(index, SIZE) == saved.frame(index, SIZE)
        assert (clip.facts.width, clip.facts.coding) == (saved.facts.width, saved.facts.coding)
        assert len(clip.moments) == len(saved.moments)


def test_what_a_frame_costs_is_told_before_and_is_what_is_fetched(
    opened: Open, linked: Callable[[bytes], str], large_clip: bytes
) -> None:
    clip = opened(linked(large_clip))
    for index in (0, 30, 12, 31):
        cost, before = clip.cost(index), clip.fetched
        assert number_in(clip.frame(index, SIZE)) == index
        assert clip.fetched - before == cost.bytes
        assert cost.size == len(large_clip)
        assert clip.cost(index).is_free
    assert clip.fetched < len(large_clip) * 0.7


def test_nothing_behind_a_frame_is_fetched_along_with_it(
    opened: Open, linked: Callable[[bytes], str], large_clip: bytes
) -> None:
    url = linked(large_clip)
    for index in range(1, 48, 4):
        clip = opened(url)
        clip.first(SIZE)
        cost, before = clip.cost(index), clip.fetched
        clip.frame(index, SIZE)
        assert clip.fetched - before == cost.bytes


def test_a_span_is_fetched_with_one_request(
    demo: Demo, opened: Open, linked: Callable[[bytes], str], large_clip: bytes
) -> None:
    clip = opened(linked(large_clip))
    clip.frame(0, SIZE)
    before = len(demo.store.requests)
    assert clip.cost(22).bytes > 2 * BLOCK
    clip.frame(22, SIZE)
    assert len(demo.store.requests) == before + 1


def test_a_frame_is_never_fetched_twice(
    opened: Open, linked: Callable[[bytes], str], large_clip: bytes
) -> None:
    clip = opened(linked(large_clip))
    clip.frame(20, SIZE)
    fetched = clip.fetched
    for index in (20, 13, 19, 20):
        clip.frame(index, SIZE)
    assert clip.fetched == fetched


def test_beyond_half_of_the_file_it_had_better_be_saved(
    opened: Open, linked: Callable[[bytes], str], large_clip: bytes
) -> None:
    clip = opened(linked(large_clip))
    assert not clip.should_be_saved(0)
    clip.frame(11, SIZE)
    clip.frame(23, SIZE)
    assert clip.should_be_saved(35)


def test_a_saved_file_costs_nothing(large_clip: bytes, tmp_path: Path) -> None:
    path = tmp_path / "saved.mp4"
    path.write_bytes(large_clip)
    with closing(open_file(path)) as clip:
        assert clip.cost(40).is_free
        assert not clip.should_be_saved(40)


def test_no_more_is_fetched_than_the_budget_allows(
    opened: Open, linked: Callable[[bytes], str], large_clip: bytes
) -> None:
    budget = Budget(task=3 * BLOCK, total=100 * BLOCK)
    clip = opened(linked(large_clip), budget=budget)
    with pytest.raises(NoPicture) as caught:
        clip.frame(23, SIZE)
    assert caught.value.why is Obstacle.OUT_OF_BUDGET
    assert clip.fetched <= 3 * BLOCK
    assert budget.left("task") == 3 * BLOCK - clip.fetched
    assert budget.left("another") == 3 * BLOCK


def test_the_budget_of_all_tasks_ends_too() -> None:
    budget = Budget(task=10, total=15)
    budget.spend("one", 10)
    with pytest.raises(NoPicture):
        budget.spend("two", 6)
    budget.spend("two", 5)
    assert (budget.left("one"), budget.left("two"), budget.left("three")) == (0, 0, 0)


def test_a_store_that_sends_all_of_the_file_is_listened_to_as_far_as_needed(
    demo: Demo, opened: Open, linked: Callable[[bytes], str], large_clip: bytes
) -> None:
    url = linked(large_clip)
    demo.store.faults.push(EVERY, IgnoreRange(), times=None)
    assert number_in(opened(url).frame(0, SIZE)) == 0


def test_a_redirect_is_followed(
    demo: Demo, opened: Open, linked: Callable[[bytes], str], large_clip: bytes
) -> None:
    url = linked(large_clip)
    demo.store.faults.push(EVERY, Redirect(url))
    assert number_in(opened(url).frame(0, SIZE)) == 0


@pytest.mark.parametrize(
    ("fault", "why"), [(Expired(), Obstacle.EXPIRED), (Reset(), Obstacle.UNREACHABLE)]
)
def test_a_store_that_has_no_file_for_us_is_said(
    demo: Demo, opened: Open, linked: Callable[[bytes], str], fault: object, why: Obstacle
) -> None:
    url = linked(bytes(100))
    demo.store.faults.push(EVERY, fault, times=None)  # type: ignore[arg-type]
    with pytest.raises(NoPicture) as caught:
        opened(url)
    assert caught.value.why is why
    assert caught.value.sentence


def test_a_link_that_expires_while_one_looks_is_said(
    demo: Demo, opened: Open, linked: Callable[[bytes], str], large_clip: bytes
) -> None:
    clip = opened(linked(large_clip))
    clip.frame(0, SIZE)
    demo.store.faults.push(EVERY, Expired(), times=None)
    with pytest.raises(NoPicture) as caught:
        clip.frame(30, SIZE)
    assert caught.value.why is Obstacle.EXPIRED
    assert number_in(clip.frame(0, SIZE)) == 0  # what is there stays


def test_another_file_behind_the_same_link_is_not_mixed_in(
    demo: Demo, opened: Open, linked: Callable[[bytes], str], large_clip: bytes
) -> None:
    clip = opened(linked(large_clip))
    linked(large_clip + bytes(9))
    with pytest.raises(NoPicture):
        clip.frame(30, SIZE)


def test_the_next_address_is_asked_where_the_first_has_no_file(
    demo: Demo, opened: Open, linked: Callable[[bytes], str], large_clip: bytes
) -> None:
    gone = demo.store.link("gone.mp4", time.time())
    assert number_in(opened(gone, linked(large_clip)).frame(0, SIZE)) == 0


def test_a_page_instead_of_a_video_is_said(opened: Open, linked: Callable[[bytes], str]) -> None:
    with pytest.raises(NoPicture) as caught:
        opened(linked(b"<!doctype html><p>Please sign in</p>" * 30))
    assert caught.value.why is Obstacle.NOT_A_VIDEO


def test_no_link_at_all_is_said(opened: Open) -> None:
    with pytest.raises(NoPicture) as caught:
        opened()
    assert caught.value.why is Obstacle.NO_LINK


def test_what_nobody_waits_for_any_more_is_not_fetched(
    opened: Open, linked: Callable[[bytes], str], large_clip: bytes
) -> None:
    clip, cancel = opened(linked(large_clip)), CancelToken()
    cancel.cancel()
    fetched = clip.fetched
    with pytest.raises(Cancelled):
        clip.frame(30, SIZE, cancel=cancel)
    assert clip.fetched == fetched
