"""What is said to people: a sentence for every error, in the language chosen."""

import gettext
from collections.abc import Iterator

import pytest

from seedance_tui.api.errors import (
    DiskFull,
    KeyMissing,
    KeyRefused,
    ServerFault,
    TimedOut,
    WrongLength,
)
from seedance_tui.core.model.outcomes import Problem, sentence
from seedance_tui.core.text import i18n


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    i18n.use("en")
    yield
    i18n.use("en")


def test_the_sentence_adds_what_the_server_said() -> None:
    assert sentence(Problem(ServerFault, "out of order")).endswith(" (out of order)")


def test_a_problem_keeps_what_matters_and_makes_it_safe() -> None:
    error = KeyRefused(
        "\x1b[31m" + "x" * 900, status=401, retry_after=3.0, request_id="r\u202e1\x07"
    )
    problem = Problem.of(error, 5.0)
    assert (problem.kind, problem.status, problem.retry_after) == (KeyRefused, 401, 3.0)
    assert problem.at == 5.0
    assert problem.text.startswith("␛[31mx")
    assert len(problem.text) == 500
    assert problem.request_id == "r1␇"


def test_the_words_of_api_are_translated_and_those_of_the_server_are_not() -> None:
    i18n.use("zh")
    cut = Problem.of(WrongLength("received {received} of {total} bytes", received=5, total=9), 0.0)
    assert cut.text == "只收到 5 / 9 字节"
    assert Problem.of(DiskFull(2_000_000, 0), 0.0).text == "需要 2 MB，可用 0 bytes"
    assert Problem.of(TimedOut("request timed out"), 0.0).text == "响应超时"
    for said in ("Failed", "not found", "no", "{total}", "100% of it"):
        assert Problem.of(ServerFault(said), 0.0).text == said


def test_a_language_without_a_catalogue_speaks_english() -> None:
    i18n.use("tlh")
    assert i18n._("Done") == "Done"
    assert i18n.plural("{n} task", "{n} tasks", 1) == "1 task"
    assert i18n.plural("{n} task", "{n} tasks", 2) == "2 tasks"


def test_a_catalogue_is_asked_for_every_text_but_the_empty_one(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Loud(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return message.upper() or "Content-Type: text/plain"

        def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
            return "{n} 个任务"

    monkeypatch.setattr(i18n, "_translation", Loud())
    assert i18n._("Done") == "DONE"
    assert i18n._("") == "", "gettext would give the catalogue's own header"
    assert i18n.plural("{n} task", "{n} tasks", 1) == "1 个任务"
    assert sentence(Problem(KeyMissing)).startswith("NO API KEY")
