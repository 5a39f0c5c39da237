"""Until when a signed link lives, by what each store writes into its query."""

import json
from base64 import b64encode
from urllib.parse import urlencode

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.api.links import Kind, link_of
from seedance_tui.api.models import Task
from seedance_tui.api.signatures import is_signed, signed_until, without_signature
from seedance_tui.api.unsigned import unsigned
from seedance_tui.demo.foreign_links import SIGNS, signed

FINISHED = 1784600296
MADE = 1784600000
HOUR = 3600
LINK = "https://s.example/v.mp4"


def policy(statement: object) -> str:
    """A policy as CloudFront has it in a query."""
    packed = b64encode(json.dumps({"Statement": [{"Condition": statement}]}).encode()).decode()
    return packed.translate(str.maketrans("+=/", "-_~"))


POLICY = policy({"DateLessThan": {"AWS:EpochTime": 1784700000}, "IpAddress": "????>>>"})


def deadline(url: str, finished: int | None) -> float | None:
    data = {"task_id": "t", "status": "SUCCESS", "result_url": url, "finish_time": finished}
    task = Task.from_json({"data": {**data}})
    link = task and link_of(task, Kind.RESULT)
    assert link
    return link.deadline


@pytest.mark.parametrize("store", SIGNS)
@pytest.mark.parametrize("spelt", [str, str.lower, str.upper, str.title])
def test_each_stores_link_says_when_it_expires_in_any_case(store: str, spelt: object) -> None:
    assert callable(spelt)
    path, _, query = signed(store, LINK, MADE, HOUR).partition("?")
    pairs = [pair.partition("=") for pair in query.split("&")]
    again = "&".join(f"{spelt(name)}={value}" for name, _sign, value in pairs)
    assert signed_until(f"{path}?{again}") == MADE + HOUR
    assert is_signed(f"{path}?{again}")


@pytest.mark.parametrize("store", SIGNS)
def test_without_its_signature_a_link_still_says_when_it_expired(store: str) -> None:
    link = signed(store, LINK, MADE, HOUR)
    bare = without_signature(link)
    assert signed_until(bare) == MADE + HOUR
    assert "0000000000" not in bare
    assert unsigned({"a": [link]}) == {"a": [f"{bare}#signature-removed"]}


def test_a_signature_within_a_parameter_is_taken_out_of_it() -> None:
    inner = "q-sign-algorithm=sha1&q-ak=a&q-sign-time=1784600000;1784603600&q-signature=secret"
    bare = without_signature(f"{LINK}?{urlencode({'sign': inner})}")
    assert signed_until(bare) == MADE + HOUR
    assert "secret" not in bare


@pytest.mark.parametrize(
    ("query", "dies"),
    [
        ("X-Tos-Date=20260721T021320Z&X-Tos-Expires=86400", 1784600000 + 24 * HOUR),
        ("X-Tos-Expires=3600&X-Tos-Date=20260721T021320Z", 1784600000 + HOUR),
        ("X-Amz-Date=20260721T021320Z&X-Amz-Expires=604800", 1784600000 + 7 * 24 * HOUR),
        ("X-Tos-Date=20260721T021320Z&X-Tos-Expires=0", 1784600000),
        ("OSSAccessKeyId=x&Expires=1784700000&Signature=y", 1784700000),
        ("X-Tos-Date=20260721T021320Z&X-Tos-Expires=3600&Expires=1784700000", 1784600000 + HOUR),
        ("X-Amz-Expires=3600&x-amz-date=20260721T021320Z", 1784600000 + HOUR),
        ("X-Cos-Date=20260721T021320Z&X-Cos-Expires=60", 1784600000 + 60),
        ("x-goog-date=20260721t021320z&x-goog-expires=60", 1784600000 + 60),
        ("se=2026-07-21T02%3A13%3A20Z&sig=x", 1784600000),
        ("se=2026-07-21T10:13:20+08:00&sig=x", 1784600000),
        ("se=2026-07-21&sig=x", 1784592000),
        ("q-sign-time=1784600000%3B1784603600&q-key-time=1784600000;1784600060", 1784600060),
        ("q-sign-time=1784600000", FINISHED + 24 * HOUR),
        ("Expires=1784700000000&Signature=y", 1784700000),
        ("x-expires=1784700000&x-signature=y", 1784700000),
        ("e=1784700000&token=a:b", 1784700000),
        ("e=1784700000", FINISHED + 24 * HOUR),
        ("e=1700000000000", FINISHED + 24 * HOUR),
        ("se=1784700000", FINISHED + 24 * HOUR),
        ("deadline=1784700000&sign=a", 1784700000),
        (
            "sign=q-sign-algorithm%3Dsha1%26q-ak%3Da%26q-sign-time%3D1784600000%3B1784603600"
            "%26q-key-time%3D1784600000%3B1784603600%26q-signature%3Db",
            1784603600,
        ),
        ("e=5", FINISHED + 24 * HOUR),
        ("auth_key=1784700000-0-0-abc", 1784700000),
        (f"Policy={POLICY}&Signature=y&Key-Pair-Id=K", 1784700000),
        (f"Expires=1784800000&Policy={POLICY}&Signature=y&Key-Pair-Id=K", 1784700000),
        ("Policy=!!!&Signature=y", FINISHED + 24 * HOUR),
        (f"Policy={policy({'expiration': '2026-07-21T02:13:20Z'})}&Signature=y", 1784600000),
        (f"Policy={policy({'AWS:EpochTime': 60})}&Signature=y", FINISHED + 24 * HOUR),
        ("hdnts=st=1784600000~exp=1784600060~acl=*~hmac=0", 1784600060),
        ("__token__=exp=1784600060~hmac=0", 1784600060),
        ("hdnea=exp=soon~hmac=0", FINISHED + 24 * HOUR),
        ("auth_key=abc", FINISHED + 24 * HOUR),
        ("authorization=bce-auth-v1/k/2026-07-21T02:13:20Z/60/host/s", 1784600060),
        ("authorization=bce-auth-v1%2Fk%2F2026-07-21T02%3A13%3A20Z%2F60%2Fhost%2Fs", 1784600060),
        ("authorization=bce-auth-v1/k", FINISHED + 24 * HOUR),
        ("", FINISHED + 24 * HOUR),
        ("Expires=3600", FINISHED + 24 * HOUR),
        ("Expires=never", FINISHED + 24 * HOUR),
        ("X-Tos-Date=yesterday&X-Tos-Expires=86400", FINISHED + 24 * HOUR),
        ("X-Tos-Date=20260721T021320Z", FINISHED + 24 * HOUR),
        ("X-Tos-Date=20260721T021320Z&X-Tos-Expires=-1", FINISHED + 24 * HOUR),
        ("X-Tos-Date=99991231T235959Z&X-Tos-Expires=86400", FINISHED + 24 * HOUR),
        ("X-Tos-Date=00010101T000000Z&X-Tos-Expires=86400", FINISHED + 24 * HOUR),
    ],
)
def test_a_link_dies_when_its_signature_says_or_a_day_after_the_task(query: str, dies: int) -> None:
    assert deadline(f"https://s/v.mp4?{query}", FINISHED) == dies


@pytest.mark.parametrize(
    "query",
    ["", "a=b", "Expires=1784700000", "x=signature", "token=t", "e=1784700000", "signed=1"],
)
def test_what_carries_no_signature_is_not_signed(query: str) -> None:
    assert not is_signed(f"{LINK}?{query}")


def test_a_link_that_cannot_be_read_says_nothing() -> None:
    assert signed_until("https://[::1/?Expires=1784700000") is None
    assert not is_signed("https://[::1/?sig=x")


@given(
    st.lists(
        st.tuples(
            st.sampled_from(
                [
                    *("X-Tos-Date", "x-tos-expires", "Expires", "se", "e", "q-sign-time"),
                    *(
                        "auth_key",
                        "authorization",
                        "sig",
                        "x-a-date",
                        "x-a-expires",
                        "policy",
                        "hdnts",
                    ),
                ]
            ),
            st.text(max_size=30)
            | st.sampled_from(["20260721T021320Z", "3600", "1784700000;-1", POLICY]),
        ),
        max_size=6,
    )
)
def test_whatever_the_query_a_deadline_is_a_moment_or_none(pairs: list[tuple[str, str]]) -> None:
    url = f"{LINK}?" + "&".join(f"{name}={value}" for name, value in pairs)
    until = signed_until(url)
    assert until is None or 0 < until < 300_000_000_000
    assert signed_until(without_signature(url)) in (until, None) or not until
