"""Option, then environment, then config.toml, then default: for every setting."""

import os
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.api.links import Kind
from seedance_tui.core.config import VARIABLES, Config, Options, load
from seedance_tui.core.naming.template import NameTemplate
from seedance_tui.core.settings.auto_save import GuardSettings
from seedance_tui.core.settings.errors import ConfigError
from seedance_tui.core.settings.screen import Preset, ScreenSettings
from seedance_tui.core.settings.toml_file import line_of
from seedance_tui.core.storage import paths

pytestmark = pytest.mark.skipif(os.name != "posix", reason="the tables below are POSIX paths")


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("HOME", str(tmp_path / "home"))
    return tmp_path / "home"


WriteFile = Callable[[str], Options]


@pytest.fixture
def file(tmp_path: Path) -> WriteFile:
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
    "name": None,
    "sidecar": False,
    "downloads_at_once": 3,
    "guard": GuardSettings(),
    "warnings": (),
}


@pytest.mark.parametrize(("name", "option", "variable", "in_file", "kind"), SETTINGS)
def test_option_before_environment_before_file(
    file: WriteFile,
    name: str,
    option: str,
    variable: str,
    in_file: str,
    kind: Callable[[str], object],
) -> None:
    options = file(f'{name} = "{in_file}"')
    environ = {VARIABLES[name]: variable}
    chosen: dict[str, Any] = {name: option}
    given = replace(options, **chosen)
    assert getattr(load(given, environ), name) == kind(option)
    assert getattr(load(options, environ), name) == kind(variable)
    assert getattr(load(options, {}), name) == kind(in_file)
    assert getattr(load(options, {VARIABLES[name]: ""}), name) == kind(in_file)


@pytest.mark.parametrize(("name", "default"), DEFAULTS.items())
def test_without_any_of_them_the_default_holds(home: Path, name: str, default: object) -> None:
    value = getattr(load(Options(), {}), name)
    assert value == (home / str(default) if isinstance(value, Path) else default)


def test_the_table_of_variables_is_the_interfaces() -> None:
    assert VARIABLES == {
        "api_key_file": "ANYFAST_API_KEY_FILE",
        "base_url": "ANYFAST_BASE_URL",
        "config": "SEEDANCE_TUI_CONFIG",
        "watchlist": "SEEDANCE_TUI_WATCHLIST",
        "history": "SEEDANCE_TUI_HISTORY",
        "download_dir": "SEEDANCE_TUI_DOWNLOAD_DIR",
        "interval": "SEEDANCE_TUI_INTERVAL",
    }


def test_the_config_file_is_the_options_or_the_environments_or_the_homes(
    file: WriteFile, tmp_path: Path
) -> None:
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
def test_the_language_is_chosen_or_the_environments(
    file: WriteFile, option: str | None, environ: dict[str, str], in_file: str, lang: str
) -> None:
    options = replace(file(f'lang = "{in_file}"'), lang=option)
    assert load(options, environ).lang == lang


def test_directories_are_xdg() -> None:
    environ = {f"XDG_{kind}_HOME": f"/x/{kind}" for kind in ("CONFIG", "DATA", "STATE")}
    config = load(Options(), environ)
    assert config.config == Path("/x/CONFIG/seedance-tui/config.toml")
    assert config.watchlist == Path("/x/DATA/seedance-tui/watchlist.toml")
    assert config.history == Path("/x/STATE/seedance-tui/history.db")


@pytest.mark.parametrize("relative", ["", "relative", "./x", "~/x"])
def test_a_relative_xdg_directory_is_ignored(home: Path, relative: str) -> None:
    assert paths.data_dir({"XDG_DATA_HOME": relative}) == home / ".local/share/seedance-tui"


def test_asking_where_things_are_creates_nothing(home: Path) -> None:
    load(Options(), {})
    assert not home.exists()


def test_a_tilde_is_the_home_directory(file: WriteFile, home: Path) -> None:
    assert load(file('download_dir = "~/v"'), {}).download_dir == home / "v"
    with pytest.raises(ConfigError, match="nobody-of-that-name"):
        load(Options(watchlist="~nobody-of-that-name/list"), {})


@pytest.mark.parametrize(
    ("written", "seconds"), [("0", 0.5), ("0.1", 0.5), ("0.5", 0.5), ("2.5", 2.5), ("3600", 3600)]
)
def test_the_interval_is_never_under_half_a_second(
    file: WriteFile, written: str, seconds: float
) -> None:
    assert load(Options(interval=written), {}).interval == seconds
    config = load(file(f"interval = {written}"), {})
    assert config.interval == seconds
    told = [f"config.toml line 1: interval {written} is below the minimum; using 0.5"]
    assert list(config.warnings) == (told if float(written) < 0.5 else [])


@pytest.mark.parametrize("bad", ["soon", "-1", "nan", "inf", "1e999", "15s"])
def test_a_bad_interval_is_an_error_where_it_is_typed(bad: str) -> None:
    with pytest.raises(ConfigError, match="interval"):
        load(Options(interval=bad), {})
    with pytest.raises(ConfigError, match="interval"):
        load(Options(), {"SEEDANCE_TUI_INTERVAL": bad})


@pytest.mark.parametrize("bad", ['"soon"', "-1", "nan", "inf", "[1]", "2026-01-01", f"1{0:0400}"])
def test_a_bad_interval_in_the_file_is_a_warning(file: WriteFile, bad: str) -> None:
    config = load(file(f"interval = {bad}"), {})
    assert config.interval == 15
    assert "interval" in config.warnings[0]


def test_a_bad_language_is_an_error_where_it_is_typed_and_a_warning_in_the_file(
    file: WriteFile,
) -> None:
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
    tmp_path: Path, content: bytes, said: str
) -> None:
    path = tmp_path / "config.toml"
    path.write_bytes(content)
    with pytest.raises(ConfigError, match=said) as error:
        load(Options(config=str(path)), {"ANYFAST_API_KEY": "sk-1"})
    assert str(path) in str(error.value)
    assert path.read_bytes() == content
    assert list(tmp_path.iterdir()) == [path]


def test_a_config_file_with_a_bom_is_read(file: WriteFile) -> None:
    assert load(file("\ufeffinterval = 3"), {}).interval == 3


def test_a_config_file_that_was_named_must_be_there(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no such file"):
        load(Options(config=str(tmp_path / "none.toml")), {})
    with pytest.raises(ConfigError, match="no such file"):
        load(Options(), {"SEEDANCE_TUI_CONFIG": str(tmp_path / "none.toml")})


def test_values_of_the_wrong_kind_are_warnings_that_name_them(file: WriteFile) -> None:
    config = load(file("base_url = 5\nwatchlist = []\ntheme = 1\n[keymap]\nadd = 3"), {})
    assert config.base_url == "https://www.anyfast.com.cn"
    assert config.screen.keymap == {}
    for name in ("base_url", "watchlist", "theme", "keymap"):
        assert any(name in warning for warning in config.warnings)


def test_a_view_of_ones_own_is_a_name_and_a_filter(file: WriteFile) -> None:
    config = load(file('[views]\nep3 = "tag:ep3 !draft"\nodd = 5\nwrong = "colour:red"'), {})
    assert [(view.name, view.query.text) for view in config.views] == [("ep3", "tag:ep3 !draft")]
    assert [warning.split(" ")[2] for warning in config.warnings] == ["3:", "4:"]


def test_the_keymap_and_the_theme_are_taken_over(file: WriteFile) -> None:
    content = """
theme = "nord"
keys = "vim"
[keymap]
"task.add" = "i,insert"
task.edit = ["E", "f2"]
list.undo = ""
"""
    config = load(file(content), {})
    screen = config.screen
    assert (screen.theme, screen.keys, config.warnings) == ("nord", Preset.VIM, ())
    assert screen.keymap == {"task.add": "i,insert", "task.edit": "E,f2", "list.undo": ""}
    assert screen.warning("theme", "is odd") == "config.toml line 2: theme is odd"
    assert screen.warning("keymap.task.add", "x") == "config.toml line 5: keymap.task.add x"
    assert screen.warning("keymap.task.edit", "x") == "config.toml line 6: keymap.task.edit x"


def test_how_the_screen_is_drawn_is_an_option_or_a_setting(file: WriteFile) -> None:
    screen = load(file("ascii = true\nplain_ui = true\nmouse = false"), {}).screen
    assert (screen.ascii, screen.plain, screen.mouse) == (True, True, False)
    options = replace(file(""), ascii=True, plain_ui=True, no_mouse=True)
    assert load(options, {}).screen == screen
    assert load(file(""), {}).screen == ScreenSettings()


def test_hyperlinks_can_be_turned_off(file: WriteFile) -> None:
    config = load(file("hyperlinks = false"), {})
    assert (config.screen.hyperlinks, config.warnings) == (False, ())


def test_how_files_are_saved_is_taken_over(file: WriteFile) -> None:
    config = load(file('name = "{label}.{ext}"\nsidecar = true\ndownloads_at_once = 16'), {})
    assert config.name == NameTemplate.parse("{label}.{ext}")
    assert (config.sidecar, config.downloads_at_once, config.warnings) == (True, 16, ())


@pytest.mark.parametrize(
    ("written", "guard"),
    [
        ("auto_save = false", GuardSettings(())),
        ("auto_save = true", GuardSettings((Kind.RESULT,))),
        ('auto_save = "result"', GuardSettings((Kind.RESULT,))),
        ('auto_save = "both"', GuardSettings((Kind.RESULT, Kind.ORIGINAL))),
        ("on_success = false\nbefore = 60", GuardSettings(on_success=False, before=60.0)),
    ],
)
def test_the_guard_is_taken_over(file: WriteFile, written: str, guard: GuardSettings) -> None:
    for content in (f"[guard]\n{written}", f"guard = {{ {written.replace(chr(10), ', ')} }}"):
        config = load(file(content), {})
        assert (config.guard, config.warnings) == (guard, ())


WRONG = [
    'name = "{lable}"',
    "name = 5",
    'sidecar = "yes"',
    "downloads_at_once = 0",
    "downloads_at_once = 17",
    "downloads_at_once = 2.0",
    "downloads_at_once = true",
    "interval = true",
    "base_url = 5",
    "theme = []",
    'keys = "emacs"',
    "keys = 5",
    "ascii = 1",
    'plain_ui = "yes"',
    'pictures = "sixel"',
    "pictures = true",
    "mouse = []",
    "hyperlinks = 0",
    "keymap = 5",
    "[keymap]\ntask.add = 5",
    '[keymap]\n"task.add" = ["a", 5]',
    'lang = "klingon"',
    "guard = 5",
    "[guard]\nauto_save = 1",
    '[guard]\nauto_save = "all"',
    "[guard]\nauto_save = []",
    "[guard]\non_success = 0",
    '[guard]\nbefore = "soon"',
    "[guard]\nbefore = -1",
    "[guard]\nbefore = nan",
]


@pytest.mark.parametrize("wrong", WRONG)
def test_a_wrong_value_is_named_with_its_line_and_the_default_holds(
    file: WriteFile, wrong: str
) -> None:
    config = load(file(f"# settings\n\n{wrong}\n"), {})
    header, _, key = wrong.partition("=")[0].strip().rpartition("\n")
    (warning,) = config.warnings
    line, name = (4, f"{header.strip('[]')}.{key.strip(chr(34))}") if header else (3, key)
    assert warning.startswith(f"config.toml line {line}: {name} ")
    assert warning.endswith(("; using the default", "; using the defaults"))
    assert replace(config, warnings=()) == replace(load(file(""), {}), warnings=())


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (
            "\nintervall = 5",
            "config.toml line 2: intervall is not a known setting; did you mean interval?",
        ),
        ("xyzzy = 5", "config.toml line 1: xyzzy is not a known setting"),
        ("[gaurd]", "config.toml line 1: gaurd is not a known setting; did you mean guard?"),
        (
            "[guard]\nautosave = true",
            "config.toml line 2: guard.autosave is not a known setting; did you mean auto_save?",
        ),
        (
            "[guard]\n\ninterval = 5",
            "config.toml line 3: guard.interval must come before the first table, "
            "not inside [guard]",
        ),
    ],
)
def test_a_setting_that_nobody_reads_is_a_warning_with_the_nearest_one(
    file: WriteFile, content: str, said: str
) -> None:
    assert load(file(content), {}).warnings == (said,)


@pytest.mark.parametrize(
    ("text", "line"),
    [
        ("[guard]\nbefore = 5", 2),
        ("before = 1\n[other]\nbefore = 2\n[ guard ] # mine\n  before = 3", 5),
        ("x = 1\r\nguard.before = 5\r\n", 2),
        ("\nguard = { before = 5 }", 2),
        ('["guard"]\n"before"= 5', 2),
        ("# before = 1\n[guard]\n#before = 2\n'before' = 3", 4),
        ("[guard.before]\nx = 1", 1),
        ("[guard]\nbefore.x = 1", 2),
        ("[guard]\nbeforehand = 1", 1),
        ("", None),
    ],
)
def test_the_line_of_a_key_is_found_as_people_write_it(text: str, line: int | None) -> None:
    assert line_of(text, "before", "guard") == line


def test_the_key_shows_in_no_text_of_the_settings() -> None:
    config = load(Options(), {"ANYFAST_API_KEY": "sk-very-secret"})
    assert config.key is not None
    assert config.key.reveal() == "sk-very-secret"
    for text in (repr(config), str(config), f"{config}", repr(config.key), f"{config.key}"):
        assert "secret" not in text
    assert isinstance(config, Config)


def test_the_columns_of_the_list_are_a_list_of_texts(tmp_path: Path) -> None:
    path = tmp_path / "config.toml"
    path.write_text('mouse = true\ncolumns = ["task", "link"]\n', encoding="utf-8")
    config = load(Options(config=str(path)), {}, with_key=False)
    assert config.screen.columns == ("task", "link")
    assert config.screen.places["columns"] == "config.toml line 2: columns"
    path.write_text('columns = ["task", 3]\n', encoding="utf-8")
    config = load(Options(config=str(path)), {}, with_key=False)
    assert config.screen.columns == ()
    assert any(
        "config.toml line 1: columns must be a list of strings" in w for w in config.warnings
    )
