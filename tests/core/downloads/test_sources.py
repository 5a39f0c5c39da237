"""Which of several links a file comes from, and what is said where none has it."""

from collections.abc import Callable

import pytest

from seedance_tui.api.errors import (
    ApiError,
    DiskFull,
    LinkExpired,
    LinkRefused,
    NoLink,
    NotThere,
    StoreClosed,
    StoreUnreachable,
    WrongLength,
)
from seedance_tui.api.links import Kind, Link
from seedance_tui.core.downloads._sources import Source, fetch_first, sources
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.watched import Watched

A, B, C = (Source(f"https://{name}.example/v", f"data.{name}") for name in "abc")


class Stores:
    """Fails as told, source by source; without an error left it has the file."""

    def __init__(self, **errors: list[ApiError]) -> None:
        self.asked: list[tuple[str, bool]] = []
        self.has_begun = False
        self._errors = errors

    async def __call__(self, source: Source, *, once: bool) -> None:
        name = source.place.removeprefix("data.")
        self.asked.append((name, once))
        if left := self._errors.get(name):
            error = left.pop(0)
            self.has_begun = isinstance(error, WrongLength)
            raise error

    async def fetch(self, *found: Source) -> Source:
        return await fetch_first(found, self, lambda: self.has_begun)


async def test_a_link_alone_is_asked_with_patience() -> None:
    stores = Stores()
    assert await stores.fetch(A) is A
    assert stores.asked == [("a", False)]


@pytest.mark.parametrize("error", [NotThere("x"), LinkRefused("x"), StoreUnreachable("x")])
async def test_where_one_cannot_be_had_the_next_is_tried(error: ApiError) -> None:
    stores = Stores(a=[error])
    assert await stores.fetch(A, B, C) is B
    assert stores.asked == [("a", True), ("b", True)]


async def test_where_none_can_be_had_the_first_that_may_pass_is_asked_with_patience() -> None:
    stores = Stores(a=[NotThere("x")], b=[StoreUnreachable("x")], c=[LinkExpired("x")])
    assert await stores.fetch(A, B, C) is B
    assert stores.asked[-1] == ("b", False)


async def test_one_that_has_begun_is_gone_on_with_before_any_other() -> None:
    stores = Stores(a=[WrongLength("cut")])
    assert await stores.fetch(A, B) is A
    assert stores.asked == [("a", True), ("a", False)]


async def test_of_several_that_may_pass_the_one_that_has_begun_is_gone_on_with() -> None:
    stores = Stores(a=[StoreUnreachable("x")], b=[WrongLength("cut")])
    assert await stores.fetch(A, B, C) is B
    assert stores.asked == [("a", True), ("b", True), ("b", False)]


async def test_of_several_that_may_pass_the_first_is_asked_with_patience() -> None:
    stores = Stores(a=[StoreUnreachable("x")], b=[NotThere("x")], c=[StoreUnreachable("x")])
    assert await stores.fetch(A, B, C) is A
    assert [name for name, _once in stores.asked] == ["a", "b", "c", "a"]


async def test_what_is_asked_with_patience_may_fail_all_the_same_and_that_is_told() -> None:
    stores = Stores(a=[StoreUnreachable("x"), StoreClosed("x")], b=[LinkExpired("x")])
    with pytest.raises(StoreClosed):
        await stores.fetch(A, B)


async def test_one_that_has_begun_and_cannot_be_had_any_more_gives_way_to_the_next() -> None:
    stores = Stores(a=[LinkExpired("x")])
    stores.has_begun = True
    assert await stores.fetch(A, B) is B


@pytest.mark.parametrize(
    ("source", "words"),
    [
        (Source("https://me:pw@s.example:8443/v", "data.url"), "data.url (s.example:8443)"),
        (Source("https://s.example/v", ""), "s.example"),
    ],
)
def test_a_source_is_told_by_its_place_and_host_and_never_with_a_password(
    source: Source, words: str
) -> None:
    assert str(source) == words


async def test_a_full_disk_is_no_reason_for_another_link() -> None:
    stores = Stores(a=[DiskFull(2, 1)])
    with pytest.raises(DiskFull):
        await stores.fetch(A, B)
    assert stores.asked == [("a", True)]


@pytest.mark.parametrize(
    ("errors", "kind"),
    [
        ((NotThere("x"), LinkExpired("x"), LinkRefused("x")), LinkExpired),
        ((NotThere("x"), StoreClosed("x"), LinkExpired("x")), StoreClosed),
        ((NotThere("x"), LinkRefused("x"), NotThere("x")), NotThere),
    ],
)
async def test_of_several_refusals_what_can_be_mended_is_told_then_what_has_expired(
    errors: tuple[ApiError, ...], kind: type[ApiError]
) -> None:
    a, b, c = ([error] for error in errors)
    with pytest.raises(kind):
        await Stores(a=a, b=b, c=c).fetch(A, B, C)


async def test_no_link_at_all_is_said_so() -> None:
    with pytest.raises(NoLink):
        await Stores().fetch()


def test_each_address_is_tried_once_the_content_route_at_the_base_url_first(
    watched: Callable[..., Watched],
) -> None:
    route = "http://localhost:3000/v1/videos/task_x/content"
    others = (Link(Kind.RESULT, "https://s.example/v.mp4?x", None, place="data.fail_reason"),) * 2
    link = Link(Kind.RESULT, route, None, place="data.result_url", others=others)
    found = sources(link, Entry(watched("task_x")), "https://gw.example")
    assert [str(source) for source in found] == [
        "data.result_url (gw.example)",
        "data.result_url (localhost:3000)",
        "data.fail_reason (s.example)",
    ]
    assert sources(None, Entry(watched("task_x")), "https://gw.example") == []
