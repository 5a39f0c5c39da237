"""Keys as people paste them: cleaned where it is certain, else named with the fix, never shown."""

import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from seedance_tui.api.key import ApiKey
from seedance_tui.core.settings.api_key import find_key, without_key
from seedance_tui.core.settings.errors import KeyUnusable

KEY = "sk-Aa0123456789Bb0123456789"
PASTED = [
    KEY,
    f" {KEY}\n",
    f"Bearer {KEY}",
    f"bearer  {KEY}",
    f"Bearer: {KEY}",
    f"Authorization: Bearer {KEY}",
    f'-H "Authorization: Bearer {KEY}"',
    f"x-api-key: {KEY}",
    f'"{KEY}"',
    f"'{KEY}'",
    f"“{KEY}”",
    f"`{KEY}`",
    f"<{KEY}>",
    f'"Bearer {KEY}"',
    f"ANYFAST_API_KEY={KEY}",
    f"ANYFAST_API_KEY = '{KEY}'",
    f'export ANYFAST_API_KEY="{KEY}"',
    f"set ANYFAST_API_KEY={KEY}",
    f'setx ANYFAST_API_KEY "{KEY}"',
    f'$env:ANYFAST_API_KEY = "{KEY}"',
    f'ANYFAST_API_KEY="Bearer {KEY}"',
    f"api_key: {KEY}",
    f'"api_key": "{KEY}",',
    f"{KEY};",
    f"\ufeff{KEY}\u200b",
    f"\xa0{KEY}\xa0",
]
FILES = [
    f"# the key\n{KEY}\n",
    f"\n\n{KEY}\n\n",
    f"OTHER=1\nANYFAST_API_KEY={KEY}\nANYFAST_BASE_URL=https://gw.example\n",
    f"export PATH=/bin\r\nexport ANYFAST_API_KEY='{KEY}'\r\n",
]
REFUSED = [
    ("", "empty"),
    ('""', "empty"),
    ("Bearer ", "no key|empty|not an API key"),
    (f"{KEY} {KEY}", "several words"),
    (f"{KEY}\n{KEY}1", "several words"),
    (f"ANYFAST_API_KEY={KEY}\nANYFAST_API_KEY={KEY}1", "several words"),
    ("sk-Aa01********Bb67", "masked"),
    ("sk-Aa01...Bb67", "masked"),
    ("sk-Aa01…Bb67", "masked"),
    (f"https://www.anyfast.com.cn/?key={KEY}", "base_url"),
    (f"{KEY}茶", "characters"),
    (f"{KEY[:9]}\u200b{KEY[9:]}", "characters"),
    (f"{KEY}\x07x", "characters"),
]


def found(environ: dict[str, str], option: str | None = None) -> str:
    key = find_key(option, environ, {})
    assert isinstance(key, ApiKey)
    return key.reveal()


@pytest.mark.parametrize("pasted", PASTED)
def test_what_is_certainly_meant_is_the_key(pasted: str) -> None:
    assert found({"ANYFAST_API_KEY": pasted}) == KEY
    key = find_key(None, {}, {"api_key": pasted})
    assert isinstance(key, ApiKey)
    assert key.reveal() == KEY


@pytest.mark.parametrize("content", [*PASTED, *FILES])
def test_a_file_may_be_one_of_variables(tmp_path: Path, content: str) -> None:
    path = tmp_path / "key"
    path.touch(mode=0o600)
    path.write_text(content, encoding="utf-8", newline="")
    assert found({}, str(path)) == KEY


@pytest.mark.parametrize(("content", "why"), REFUSED)
def test_of_the_rest_it_is_said_what_to_do_and_nothing_of_the_key(
    tmp_path: Path, content: str, why: str
) -> None:
    path = tmp_path / "key"
    path.touch(mode=0o600)
    path.write_text(content, encoding="utf-8", newline="")
    with pytest.raises(KeyUnusable, match=why) as caught:
        find_key(str(path), {}, {})
    assert "sk-Aa" not in str(caught.value)


@given(st.text())
def test_nothing_that_may_be_pasted_is_a_crash(pasted: str) -> None:
    try:
        key = find_key(None, {"ANYFAST_API_KEY": pasted}, {})
    except KeyUnusable as error:
        assert "ANYFAST_API_KEY" in str(error)
    else:
        assert key is None or (isinstance(key, ApiKey) and key.reveal().isascii())


@pytest.mark.parametrize("name", ["ANYFAST_API_KEY", "anyfast_api_key", "Anyfast_Api_Key"])
def test_what_we_start_gets_no_key(name: str) -> None:
    environ = {name: KEY, "ANYFAST_API_KEY_FILE": "/key", "PATH": os.defpath}
    assert without_key(environ) == {"ANYFAST_API_KEY_FILE": "/key", "PATH": os.defpath}
    assert name in environ
