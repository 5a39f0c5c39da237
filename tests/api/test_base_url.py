"""Base URLs as people paste them: cleaned where it is certain, else named with the fix."""

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from seedance_tui.api.base_url import check, cleaned, shown
from seedance_tui.api.errors import SetupFailed

URL = "https://www.anyfast.com.cn"
SECRET = "s3cr3t"


@pytest.mark.parametrize(
    "pasted",
    [
        URL,
        f"{URL}/",
        f"{URL}//",
        f"  {URL}\n",
        f"{URL}/v1",
        f"{URL}/v1/",
        f"{URL}/V1",
        f"{URL}/v1/video/generations",
        f"{URL}/v1/video/generations/",
        f"{URL}/v1/video/generations/asyntask_h81efT0qwtLnzyt6VENmCZ6VXSfNxE2E",
        f"{URL}/v1/video/generations/{{task_id}}",
        f"{URL}/v1/video/generations/x?with=query",
        f"{URL}/v1/videos/task_1/content",
        f"{URL}/v1/chat/completions",
        f"{URL}?from=console",
        f"{URL}/#/",
        "www.anyfast.com.cn",
        "www.anyfast.com.cn/v1",
        "//www.anyfast.com.cn",
        "HTTPS://www.anyfast.com.cn",
        "https:/www.anyfast.com.cn",
        "https//www.anyfast.com.cn",
        "https:www.anyfast.com.cn",
        "https:\\\\www.anyfast.com.cn",
        "https：／／www.anyfast.com.cn",
        "https://https://www.anyfast.com.cn",
        f'"{URL}"',
        f"'{URL}/v1'",
        f"“{URL}”",
        f"<{URL}>",
        f"`{URL}`,",
        f"\ufeff{URL}\u200b",
        f"ANYFAST_BASE_URL={URL}",
        f'export ANYFAST_BASE_URL="{URL}/v1"',
        f'base_url = "{URL}"',
        f"$env:ANYFAST_BASE_URL = '{URL}'",
    ],
)
def test_what_is_certainly_meant_is_asked(pasted: str) -> None:
    assert cleaned(pasted) == URL
    check(cleaned(pasted))


@pytest.mark.parametrize(
    ("pasted", "url"),
    [
        ("localhost:3000", "http://localhost:3000"),
        ("127.0.0.1:3000/v1", "http://127.0.0.1:3000"),
        ("[::1]:3000", "http://[::1]:3000"),
        ("http://192.168.1.5:3000/v1", "http://192.168.1.5:3000"),
        ("https://gw.example/openai/v1", "https://gw.example/openai"),
        ("https://gw.example/api", "https://gw.example/api"),
        ("https://gw.example/v1/other", "https://gw.example/v1/other"),
        ("https://gw.example/v10", "https://gw.example/v10"),
        ("https://v1", "https://v1"),
        ("gw.example:443", "https://gw.example:443"),
    ],
)
def test_other_gateways_keep_what_is_theirs(pasted: str, url: str) -> None:
    assert cleaned(pasted) == url
    check(url)


@pytest.mark.parametrize(
    ("pasted", "words"),
    [
        ("anyfast", "lacks http:// or https://"),
        ("gateway:3000", "lacks http:// or https://"),
        ("192.168.1.5:3000", "lacks http:// or https://"),
        ("gw.example:8080", "lacks http:// or https://"),
        ("htps://gw.example", "not a valid http(s) URL"),
        ("ftp://gw.example", "not a valid http(s) URL"),
        ("https://", "lacks|not a valid http(s) URL"),
        ("https://gw.example:99999", "not a valid http(s) URL"),
        ("https://gw example", "not a valid http(s) URL"),
        ("https://[::1", "not a valid http(s) URL"),
        (f"https://me:{SECRET}@gw.example", "user name and password"),
        (f"https://me:{SECRET}#x@gw.example", "user name and password"),
        (f"https://me:{SECRET}/x@gw.example/v1", "user name and password"),
        (f"https://me:{SECRET}@gw.example:99x", "user name and password"),
        (f"me:{SECRET}@gw.example", "user name and password"),
        (f"https://me:{SECRET}", "not a valid http(s) URL"),
        (f"me:{SECRET}", "lacks"),
        (f"https:///me:{SECRET}@gw.example", "user name and password"),
        (f"sk-{SECRET}0123456789", "lacks"),
        (f"https://sk-{SECRET}0123456789:x", "not a valid http(s) URL"),
    ],
)
def test_of_the_rest_it_is_said_what_to_mend_and_no_secret(pasted: str, words: str) -> None:
    with pytest.raises(SetupFailed, match=words.replace("(s)", r"\(s\)")) as caught:
        check(cleaned(pasted))
    assert SECRET not in f"{caught.value} {caught.value.__cause__!r} {caught.value.__context__!r}"


def test_what_is_shown_is_still_recognised() -> None:
    assert shown(f"https://me:{SECRET}@gw.example:8443/api?key={SECRET}") == (
        "https://gw.example:8443/api"
    )
    assert shown("http://[::1]:3000/api") == "http://[::1]:3000/api"
    assert shown("localhost:3000") == "localhost:3000"


@given(st.text())
@example('0"#')
def test_nothing_that_may_be_pasted_is_a_crash_and_cleaning_is_done_at_once(pasted: str) -> None:
    url = cleaned(pasted)
    assert cleaned(url) == url
    shown(pasted)
    try:
        check(url)
    except SetupFailed as error:
        assert "base URL" in str(error)


@given(
    st.sampled_from(["https://me:{}@gw.example", "me:{}@h", "https://me:{}@", "http://{}@h:1/v1"]),
    st.text(max_size=20).map(lambda text: f"{SECRET}{text}"),
)
def test_no_login_is_ever_shown(form: str, secret: str) -> None:
    assert SECRET not in shown(form.format(secret))
    assert SECRET not in shown(cleaned(form.format(secret)))
