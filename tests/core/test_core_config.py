"""Option, then environment, then config.toml, then default: for every setting."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from seedance_tui.core import paths
from seedance_tui.core.config import VARIABLES, Config, Options, load
from seedance_tui.core.failures import ConfigError

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the tables below are POSIX paths")


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path / "home"


@pytest.fixture
def file(tmp_path: Path) -> Callable[[str], Options]:
    """Write config.toml and return the options that name it."""

    def write(content: str) -> Options:
        (tmp_path / "config.toml").write_text(content, encoding="utf-8")
        return Options(config=str(tmp_path / "config.toml"))

    return write


SETTINGS = [
    ("base_url", "https://o.example", "https://e.example", "https://f.example", str),
    ("watchlist", "/o/list", "/e/list", "/f/list", Path),
    ("history", "/o/history", "/e/history", "/f/history", Path),
    ("download_dir", "/o/videos", "/e/videos", "/f/videos", Path),
    ("interval", "1", "2", "3", float),
]
DEFAULTS = {
    "base_url": "https://www.anyfast.com.cn",
    "config": ".config/seedance-tui/config.toml",
    "watchlist": ".local/share/seedance-tui/watchlist.toml",
    "history": ".local/state/seedance-tui/history.db",
    "download_dir": "Downloads/seedance",
    "interval": 15.0,
    "lang": "en",
    "key": None,
    "warnings": (),
}


@pytest.mark.parametrize(("name", "option", "variable", "in_file", "kind"), SETTINGS)
def test_option_before_environment_before_file(file, name, option, variable, in_file, kind):
    options = file(f'{name} = "{in_file}"')
    environ = {VARIABLES[name]: variable}
    given = replace(options, **{name: option})
    assert getattr(load(given, environ), name) == kind(option)
    assert getattr(load(options, environ), name) == kind(variable)
    assert getattr(load(options, {}), name) == kind(in_file)
    assert getattr(load(options, {VARIABLES[name]: ""}), name) == kind(in_file)


@pytest.mark.parametrize(("name", "default"), DEFAULTS.items())
def test_without_any_of_them_the_default_holds(home: Path, name: str, default: object):
    value = getattr(load(Options(), {}), name)
    assert value == (home / str(default) if isinstance(value, Path) else default)


def test_the_table_of_variables_is_the_interfaces():
    assert VARIABLES == {
        "api_key_file": "ANYFAST_API_KEY_FILE",
        "base_url": "ANYFAST_BASE_URL",
        "config": "SEEDANCE_TUI_CONFIG",
        "watchlist": "SEEDANCE_TUI_WATCHLIST",
        "history": "SEEDANCE_TUI_HISTORY",
        "download_dir": "SEEDANCE_TUI_DOWNLOAD_DIR",
        "interval": "SEEDANCE_TUI_INTERVAL",
    }


def test_the_config_file_is_the_options_or_the_environments_or_the_homes(file, tmp_path: Path):
    named = file("interval = 7")
    other = tmp_path / "other.toml"
    other.write_text("interval = 8")
    assert load(named, {"SEEDANCE_TUI_CONFIG": str(other)}).interval == 7
    assert load(Options(), {"SEEDANCE_TUI_CONFIG": str(other)}).interval == 8
    at_home = tmp_path / "xdg" / "seedance-tui" / "config.toml"
    at_home.parent.mkdir(parents=True)
    at_home.write_text("interval = 9")
    assert load(Options(), {"XDG_CONFIG_HOME": str(tmp_path / "xdg")}).interval == 9


@pytest.mark.parametrize(
    ("option", "environ", "in_file", "lang"),
    [
        ("en", {"LC_ALL": "zh_CN.UTF-8"}, "zh", "en"),
        (None, {"LC_ALL": "zh_CN.UTF-8"}, "en", "en"),
        (None, {"LC_ALL": "zh_CN.UTF-8", "LANG": "en_US"}, "", "zh"),
        (None, {"LC_ALL": "C", "LC_MESSAGES": "zh_CN", "LANG": "zh_CN"}, "", "en"),
        (None, {"LC_ALL": "", "LC_MESSAGES": "zh_TW", "LANG": "en_US"}, "", "zh"),
        (None, {"LANG": "ZH"}, "", "zh"),
        (None, {"LANG": "de_DE"}, "", "en"),
    ],
)
def test_the_language_is_chosen_or_the_environments(file, option, environ, in_file, lang):
    options = replace(file(f'lang = "{in_file}"'), lang=option)
    assert load(options, environ).lang == lang


def test_directories_are_xdg():
    environ = {f"XDG_{kind}_HOME": f"/x/{kind}" for kind in ("CONFIG", "DATA", "STATE")}
    config = load(Options(), environ)
    assert config.config == Path("/x/CONFIG/seedance-tui/config.toml")
    assert config.watchlist == Path("/x/DATA/seedance-tui/watchlist.toml")
    assert config.history == Path("/x/STATE/seedance-tui/history.db")


@pytest.mark.parametrize("relative", ["", "relative", "./x", "~/x"])
def test_a_relative_xdg_directory_is_ignored(home: Path, relative: str):
    assert paths.data_dir({"XDG_DATA_HOME": relative}) == home / ".local/share/seedance-tui"


def test_asking_where_things_are_creates_nothing(home: Path):
    load(Options(), {})
    assert not home.exists()


def test_a_tilde_is_the_home_directory(file, home: Path):
    assert load(file('download_dir = "~/v"'), {}).download_dir == home / "v"
    with pytest.raises(ConfigError, match="nobody-of-that-name"):
        load(Options(watchlist="~nobody-of-that-name/list"), {})


@pytest.mark.parametrize(
    ("written", "seconds"), [("0", 0.5), ("0.1", 0.5), ("0.5", 0.5), ("2.5", 2.5), ("3600", 3600)]
)
def test_the_interval_is_never_under_half_a_second(file, written: str, seconds: float):
    assert load(Options(interval=written), {}).interval == seconds
    config = load(file(f"interval = {written}"), {})
    assert (config.interval, config.warnings) == (seconds, ())


@pytest.mark.parametrize("bad", ["soon", "-1", "nan", "inf", "1e999", "15s"])
def test_a_bad_interval_is_an_error_where_it_is_typed(bad: str):
    with pytest.raises(ConfigError, match="interval"):
        load(Options(interval=bad), {})
    with pytest.raises(ConfigError, match="interval"):
        load(Options(), {"SEEDANCE_TUI_INTERVAL": bad})


@pytest.mark.parametrize("bad", ['"soon"', "-1", "nan", "inf", "[1]", "2026-01-01", f"1{0:0400}"])
def test_a_bad_interval_in_the_file_is_a_warning(file, bad: str):
    config = load(file(f"interval = {bad}"), {})
    assert config.interval == 15
    assert "interval" in config.warnings[0]


def test_a_bad_language_is_an_error_where_it_is_typed_and_a_warning_in_the_file(file):
    with pytest.raises(ConfigError, match="klingon"):
        load(Options(lang="klingon"), {})
    config = load(file('lang = "klingon"'), {"LANG": "zh_CN"})
    assert config.lang == "zh"
    assert "klingon" in config.warnings[0]


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b'base_url = "x"\ninterval = = 3\n', "line 2"),
        (b"a = " + b"[" * 5000, "recursion"),
        (b"a = " + b"9" * 5000, "digit"),
        (b"a = '\xff'", "utf-8"),
    ],
    ids=["syntax", "too deep", "too long a number", "not UTF-8"],
)
def test_a_broken_config_file_ends_with_its_line_and_sends_no_key_to_the_default_address(
    tmp_path: Path, content, said
):
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=said) as error:
        load(Options(config=str(path)), {"ANYFAST_API_KEY": "sk-1"})
    assert str(path) in str(error.value)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_config_file_with_a_bom_is_read(file):
    assert load(file("\ufeffinterval = 3"), {}).interval == 3


def test_a_config_file_that_was_named_must_be_there(tmp_path: Path):
    with pytest.raises(ConfigError, match="no such file"):
        load(Options(config=str(tmp_path / "none.toml")), {})
    with pytest.raises(ConfigError, match="no such file"):
        load(Options(), {"SEEDANCE_TUI_CONFIG": str(tmp_path / "none.toml")})


def test_values_of_the_wrong_kind_are_warnings_that_name_them(file):
    config = load(file("base_url = 5\nwatchlist = []\ntheme = 1\n[keymap]\nadd = 3"), {})
    assert config.base_url == "https://www.anyfast.com.cn"
    assert config.keymap == {}
    for name in ("base_url", "watchlist", "theme", "keymap"):
        assert any(name in warning for warning in config.warnings)


def test_the_keymap_and_the_theme_are_taken_over(file):
    config = load(file('theme = "nord"\n[keymap]\nadd = "i,insert"'), {})
    assert (config.theme, config.keymap) == ("nord", {"add": "i,insert"})


def test_the_key_shows_in_no_text_of_the_settings():
    config = load(Options(), {"ANYFAST_API_KEY": "sk-very-secret"})
    assert config.key is not None
    assert config.key.reveal() == "sk-very-secret"
    for text in (repr(config), str(config), f"{config}", repr(config.key), f"{config.key}"):
        assert "secret" not in text
    assert isinstance(config, Config)
