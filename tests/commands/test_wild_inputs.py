"""What people type and paste, and odd environments, as public reports have them."""

import re
from collections.abc import Callable, Iterator

import pytest

from seedance_tui.core.watchlist.find_ids import find_ids
from seedance_tui.demo import Demo, running_demo
from seedance_tui.demo.play import cast, play
from tests.commands.conftest import KEY, Result

Shell = Callable[..., Result]
SCENE = cast("base URL")
ID = SCENE[0].id
DEAD = "http://127.0.0.1:9"


@pytest.fixture
def demo(home: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Demo]:
    """A gateway with tasks that are done."""
    with running_demo(Demo(key=KEY, scenario=SCENE)) as demo:
        monkeypatch.setenv("ANYFAST_BASE_URL", demo.url)
        yield demo


def test_each_form_of_no_proxy_works_and_what_means_nothing_is_told(
    demo: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    forms = play(demo, "NO_PROXY")
    for form in forms:
        covers_us = "127.0.0" in form
        monkeypatch.setenv("NO_PROXY", form)
        monkeypatch.setenv("HTTP_PROXY", DEAD if covers_us else "")
        assert shell("show", ID, "--refresh").code == 0, form
        assert shell("download", ID).code == 0, form
        said = shell("doctor").out
        assert ("ignored" in said) == ("<local>" in form), said
    monkeypatch.setenv("HTTP_PROXY", DEAD)
    assert shell("show", ID, "--refresh").code == 7, "the last form covers other machines alone"


def test_each_form_of_the_base_url_works(
    demo: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    for form in play(demo, "base URL"):
        monkeypatch.setenv("ANYFAST_BASE_URL", form)
        assert shell("show", ID, "--refresh").code == 0, form


def test_each_form_of_the_key_works_and_none_is_shown(
    demo: Demo, shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    for form in play(demo, "key as pasted"):
        monkeypatch.setenv("ANYFAST_API_KEY", form)
        result = shell("show", ID)
        assert result.code == 0, form
        assert KEY not in result.out + result.err
    assert {r.headers.get("authorization") for r in demo.gateway.requests} == {f"Bearer {KEY}"}


def test_an_id_broken_by_a_wrapped_line_is_joined_or_named(demo: Demo, shell: Shell) -> None:
    *whole, cut = play(demo, "ID broken by a wrapped line")
    for form in whole:
        assert find_ids(form).ids == (ID,)
        assert shell("show", form).code == 0
    result = shell("add", cut)
    assert result.code == 2
    assert re.search(rf"^{ID[:-8]}.*not a task ID", result.out, re.MULTILINE)
