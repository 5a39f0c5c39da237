"""The filter: which tasks a line of text holds for, and what it says to a line it cannot read."""

import gettext
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.api.errors import TimedOut
from seedance_tui.api.links import Kind
from seedance_tui.api.models import Task
from seedance_tui.core.listing._filter_keys import KEYS
from seedance_tui.core.listing.filter import QueryError, parse
from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.file_states import Saved
from seedance_tui.core.model.outcomes import Fetched, Missed, Problem
from seedance_tui.core.model.watched import Watched
from seedance_tui.core.text import i18n

NOW = 1_800_000_000.0
HOUR = 3600.0


def entry(
    name: str, status: str = "", upstream: Any = None, age: float = HOUR, **said: Any
) -> Entry:
    """A watched task; what is of the watch list goes there, all else into the answer."""
    own = {key: said.pop(key) for key in ("label", "tags", "note") if key in said}
    made = Entry(Watched(name, datetime.fromtimestamp(NOW - age, UTC), **own))
    if not status:
        return made
    data = {"task_id": name, "status": status, **said, "data": upstream or {}}
    task = Task.from_json({"code": "success", "data": data})
    assert task is not None
    return made.after(Fetched(name, task, NOW))


def link(left: float) -> str:
    return f"https://store.example/a.mp4?Expires={NOW + left:.0f}"


DONE = entry(
    "asyntask_Done",
    "SUCCESS",
    {
        "id": "cgt-2026",
        "model": "doubao-seedance-2-0-260128",
        "status": "succeeded",
        "ratio": "16:9",
        "resolution": "480p",
        "super_resolution": "2k",
        "duration": 8,
        "seed": 4304,
        "generate_audio": True,
        "draft": False,
        "service_tier": "default",
        "usage": {"total_tokens": 108_900, "super_resolution_tokens": 245_025},
    },
    age=3 * HOUR,
    label="Fruit tea, take 3",
    tags=("tea", "june"),
    note="ask Li\nabout it",
    progress="100%",
    action="omniGenerate",
    result_url=link(2 * HOUR),
    fail_reason=link(2 * HOUR),
).with_file(Kind.RESULT, Saved(Path("done.mp4")))
DEAD = entry("dead", "SUCCESS", {"ratio": "9:16", "seed": -1}, result_url=link(-HOUR))
FAILED = entry(
    "failed",
    "FAILURE",
    {"error": {"code": "InputTextSensitive"}, "duration": 5},
    label="他说“好”",
    fail_reason="The request timed out",
    progress="29%",
)
RUNNING = entry("running", "IN_PROGRESS", {"usage": {"completion_tokens": 9}}, progress="50%")
STALE = entry("stale", "QUEUED", label="抚仙湖日出 第二版").after(
    Missed("stale", Problem(TimedOut, at=NOW))
)
CANCELLED = entry("over", "CANCELLED")
ODD = entry("odd", "ABANDONED", age=30.0)
NEW = entry("new", age=0.0, tags=("Two Words",))

ALL = (DONE, DEAD, FAILED, RUNNING, STALE, CANCELLED, ODD, NEW)


def found(text: str) -> str:
    """The IDs that a filter holds for, in short."""
    query = parse(text)
    return " ".join(e.id.removeprefix("asyntask_") for e in ALL if query.holds(e, NOW))


@pytest.mark.parametrize("text", ["", "  ", '""', "!", '"', '!""', "\u200b", "　"])
def test_what_is_no_word_yet_asks_for_nothing(text: str) -> None:
    assert len(found(text).split()) == len(ALL)


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("fruit", "Done"),
        ("ＦＲＵＩＴ", "Done"),
        ("DONE", "Done dead odd"),
        ("cancelled", "over"),
        ("ended", ""),
        ("success", "Done dead"),
        ("in_progress", "running"),
        ("260128", "Done"),
        ("june", "Done"),
        ("li", "Done"),
        ("日出", "stale"),
        ("日出　第二", "stale"),
        ("第二 !日出", ""),
        ("tea take", "Done"),
        ("take tea", "Done"),
        ('"take 3"', "Done"),
        ('"3 take"', ""),
        ('"li about"', "Done"),
        ('"june ask"', ""),
        ('"take 3', "Done"),
        ("“take 3”", "Done"),
        ("他说“好”", "failed"),
        ("!o", "failed stale"),
        ("！o", "failed stale"),
        ('!"take 3" success', "dead"),
        ("16:9", ""),
        ("fru\u200bit", "Done"),
    ],
)
def test_words_are_looked_for_wherever_they_were_seen(text: str, ids: str) -> None:
    assert found(text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("status:failed", "failed"),
        ("STATUS:Failed", "failed"),
        ("status：failed", "failed"),
        ("status=failed", "failed"),
        ("\u200bstatus:failed", "failed"),
        ("status:failure", "failed"),
        ("status:run", "running"),
        ("status:open", "running stale odd new"),
        ("status:done", "Done dead"),
        ("status:ended", "over"),
        ("status:cancelled", "over"),
        ("status:unknown", "odd new"),
        ("status:abandoned", "odd"),
        ("!status:open", "Done dead failed over"),
        ("ratio:9:16", "dead"),
        ("ratio:9", "dead"),
        ("ratio：16：9", "Done"),
        ("model:seedance-2", "Done"),
        ("tag:tea", "Done"),
        ('tag:"two words"', "new"),
        ("tag:“two words”", "new"),
        ('label:"take 3"', "Done"),
        ("note:li", "Done"),
        ("id:done", "Done"),
        ("upstream:cgt-", "Done"),
        ("upstream:succeeded", "Done"),
        ("resolution:480p", "Done"),
        ("sr:yes", "Done"),
        ("sr:2k", "Done"),
        ("sr:no ratio:9", "dead"),
        ("saved:yes", "Done"),
        ("saved:no status:done", "dead"),
        ("tier:default", "Done"),
        ("audio:yes", "Done"),
        ("draft:no", "Done"),
        ("draft:yes", ""),
        ("action:generate", "Done"),
        ("error:sensitive", "failed"),
        ('error:"timed out"', "failed"),
        ("error:https", ""),
        ("is:stale", "stale"),
        ("is:expired", "dead"),
        ("is:saved", "Done"),
        ("tea status:done age>2h", "Done"),
    ],
)
def test_a_field_is_asked_by_its_key(text: str, ids: str) -> None:
    assert found(text) == ids


@pytest.mark.parametrize(
    ("text", "ids"),
    [
        ("age<1m", "odd new"),
        ("age<31", "odd new"),
        ("age＜1m", "odd new"),
        ("age《1m", "odd new"),
        ("age>=3h", "Done"),
        ("age≥3h", "Done"),
        ("age=3h", "Done"),
        ("age>2h59m59s", "Done"),
        ("age>0.1d", "Done"),
        ("expires<3h", "Done"),
        ("expires<1h", ""),
        ("expires>1h", "Done"),
        ("!expires<3h status:done", "dead"),
        ("tokens>200000", "Done"),
        ("tokens>200k", "Done"),
        ("tokens<0.2M", "running"),
        ("tokens=245k", "Done"),
        ("tokens=245025", "Done"),
        ("tokens=244k", ""),
        ("duration>=8", "Done"),
        ("duration<8s", "failed"),
        ("duration:8", "Done"),
        ("seed=4304", "Done"),
        ("seed:4304", "Done"),
        ("seed:430", ""),
        ("seed=-1", "dead"),
        ("progress>=50", "Done running"),
        ("progress>=50%", "Done running"),
        ("progress>=29 progress<=29", "failed"),
    ],
)
def test_amounts_are_compared_and_what_has_none_never_fits(text: str, ids: str) -> None:
    assert found(text) == ids


def test_a_link_is_expired_also_where_the_row_says_something_else() -> None:
    kept = DEAD.with_file(Kind.RESULT, Saved(Path("kept.mp4")))
    assert parse("is:expired").holds(kept, NOW)
    assert parse("is:saved").holds(kept, NOW)


def test_an_answer_with_other_tokens_is_billed_by_the_first_it_has() -> None:
    usage = {"completion_tokens": 5, "total_tokens": 7}
    task = entry("a", "SUCCESS", {"usage": usage})
    assert parse("tokens=7").holds(task, NOW)
    zero = entry("a", "SUCCESS", {"usage": usage | {"super_resolution_tokens": 0}})
    assert parse("tokens=0").holds(zero, NOW)


def test_a_task_that_changed_is_searched_anew() -> None:
    query = parse("running")
    assert not query.holds(entry("a", "QUEUED"), NOW)
    assert query.holds(entry("a", "IN_PROGRESS"), NOW)
    assert query.holds(entry("a", "QUEUED", label="running man"), NOW)


def test_status_words_are_found_as_shown_in_the_language_chosen(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    class Chinese(gettext.NullTranslations):
        def gettext(self, message: str) -> str:
            return {"Failed": "失败", "stale": "陈旧", "yes": "是"}.get(message, message)

    monkeypatch.setattr(i18n, "_translation", Chinese())
    assert found("失败") == found("status：失败") == found("failed") == "failed"
    assert found("is：陈旧") == "stale"
    assert found("saved：是") == "Done"


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("stauts:failed", 'Unknown field "stauts". Did you mean "status"?'),
        ("!stauts:failed", 'Did you mean "status"?'),
        ("token>5", 'Did you mean "tokens"?'),
        ("http://x", "put it in quotes"),
        ("status:", '"status" needs a value.'),
        ('label:""', '"label" needs a value.'),
        ("age<", '"age" needs a value.'),
        ("age<soon", '"soon" is not a valid value for "age"; use e.g. age<2h.'),
        ("age<2k", "use e.g. age<2h."),
        ("tokens>2h", "use e.g. tokens>200k."),
        ("tokens>1.2.3", "use e.g. tokens>200k."),
        ("progress>5k", "use e.g. progress>=50."),
        ("seed=１k", "use e.g. seed=4304."),
        ("model<2", '"model" cannot be compared; use model:2.'),
        ("saved:maybe", '"saved" must be one of yes, no, not "maybe".'),
        ("is:gone", '"is" must be one of stale, '),
    ],
)
def test_a_filter_that_cannot_be_read_says_why(text: str, says: str) -> None:
    with pytest.raises(QueryError) as raised:
        parse(f"tea {text}")
    assert says in str(raised.value)


def test_an_error_is_safe_to_show() -> None:
    with pytest.raises(QueryError) as raised:
        parse("saved:\x1b[31m\u202e")
    assert "\x1b" not in str(raised.value)
    assert "\u202e" not in str(raised.value)


def test_a_very_long_line_is_read_at_once() -> None:
    parse("9" * 100_000 + " " + '"' * 1000)
    for value in ("9" * 100_000, "1." * 50_000, "1h" * 50_000 + "x"):
        for sign in (":", "<"):
            with pytest.raises(QueryError):
                parse(f"is{sign}{value}")
    with pytest.raises(QueryError):
        parse("age<" + "1h" * 50_000 + "x")


WORDS = st.one_of(
    st.text(),
    st.sampled_from([*KEYS, "failed", "yes", "2h", "200k", "9:16", "日出", "is:stale"]),
    st.sampled_from([*' !":<>=“”：！＜＞＝≤≥《》', "<=", ">="]),
)


@given(st.lists(WORDS, max_size=12).map("".join))
def test_any_text_is_read_or_refused_and_then_answers_for_any_task(text: str) -> None:
    try:
        query = parse(text)
    except QueryError as error:
        assert str(error)
        return
    assert query == parse(text)
    for task in ALL:
        assert query.holds(task, NOW) in (True, False)


@given(st.text(st.characters(codec="utf-8"), min_size=1))
def test_whatever_stands_in_a_label_finds_it_again_in_quotes(label: str) -> None:
    task = entry("a", label=label)
    quoted = '"' + label.replace('"', "").replace("“", "").replace("”", "").replace("＂", "") + '"'
    assert parse(quoted).holds(task, NOW)
