"""Which keys the actions have: what can be used of the user's own is, what cannot is named."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from textual.binding import Binding
from textual.widgets import OptionList

from seedance_tui.core.config import Config
from seedance_tui.core.settings.screen import Preset, ScreenSettings
from seedance_tui.ui.app import SeedanceApp
from seedance_tui.ui.binding_places import binding_places
from seedance_tui.ui.keys._key_names import NoSuchKey, key_names
from seedance_tui.ui.keys.action import has_key
from seedance_tui.ui.keys.keymap import PRESETS, Keymap, resolve
from seedance_tui.ui.screens.dialogs.help import HelpLines
from tests.ui.conftest import Start

PROMISED = (
    *("a", "x", "delete", "y", "c", "C", "Y", "d", "D", "w", "o", "O", "r", "R", "j", "k", "g"),
    *("G", "question_mark", "f1", "slash", "escape", "1", "2", "3", "4", "5", "s", "S", "space"),
    *("ctrl+a", "n", "N", "enter", "tab", "p", "z", "m", "t", "e", "P", "colon", "ctrl+p", "q"),
    *("u", "U", "v", "X", "0", "i", "V", "L"),
)
"""The keys of the list that are never taken away."""


def settings(**keymap: str) -> ScreenSettings:
    own = {action.replace("__", "."): keys for action, keys in keymap.items()}
    lines = enumerate(own, start=7)
    return ScreenSettings(
        keymap=own,
        places={f"keymap.{name}": f"config.toml line {n}: keymap.{name}" for n, name in lines},
    )


def place(**keys: str) -> list[Binding]:
    names = {name.replace("__", "."): written for name, written in keys.items()}
    return [*Binding.make_bindings(Binding(k, "do", id=name) for name, k in names.items())]


LIST = place(task__download="d", list__sort="s", list__down="down,j", app__quit="q,ctrl+q")
PANE = place(detail__down="down,j", app__quit="q,ctrl+q")


def resolved(**keymap: str) -> Keymap:
    return resolve(settings(**keymap), [LIST, PANE])


@pytest.mark.parametrize(
    ("written", "names"),
    [
        ("d", ("d",)),
        ("D", ("D",)),
        ("shift+d", ("D",)),
        ("/", ("slash",)),
        ("slash", ("slash",)),
        ("?", ("question_mark",)),
        ("ctrl+x", ("ctrl+x",)),
        ("Ctrl+X", ("ctrl+x",)),
        ("^x", ("ctrl+x",)),
        ("shift+ctrl+f5", ("ctrl+shift+f5",)),
        ("ctrl++", ("ctrl+plus",)),
        ("F5", ("f5",)),
        ("esc", ("escape",)),
        ("del", ("delete",)),
        ("pgdn", ("pagedown",)),
        ("return", ("enter",)),
        ("⏎", ("enter",)),
        ("+", ("plus",)),
        (",", ("comma",)),
        (" ", ("space",)),
        ("section_sign", ("section_sign",)),
        ("茶", ("茶",)),
        (" x , delete ", ("x", "delete")),
        ("d,d", ("d",)),
        ("", ()),
    ],
)
def test_a_key_may_be_written_as_it_is_called_shown_or_typed(
    written: str, names: tuple[str, ...]
) -> None:
    assert key_names(written) == names


@pytest.mark.parametrize(
    "written", ["escpe", "ctrl+foo", "cmd+a", "ctrl+", "f99", "shift+1", "a,bb"]
)
def test_what_is_no_key_is_refused(written: str) -> None:
    with pytest.raises(NoSuchKey, match="is not a valid key"):
        key_names(written)


@given(st.text(max_size=12))
def test_no_text_breaks_the_reading_of_keys(written: str) -> None:
    try:
        names = key_names(written)
    except NoSuchKey:
        return
    assert all(names)


def test_an_action_takes_other_keys() -> None:
    assert resolved(task__download="f5, ctrl+x") == Keymap({"task.download": "f5,ctrl+x"})


def test_an_action_may_be_left_without_a_key() -> None:
    keymap = resolved(task__download="")
    (binding,) = place(task__download=keymap.keys["task.download"])
    assert not has_key(binding)
    assert keymap.warnings == ()


def test_an_unknown_action_is_named_with_its_line_and_the_nearest() -> None:
    keymap = resolved(task__donwload="f5")
    said = "config.toml line 7: keymap.task.donwload is not a known action; "
    said += "did you mean task.download?"
    assert keymap == Keymap({}, (said,))


def test_an_unknown_key_leaves_the_action_its_own() -> None:
    keymap = resolved(list__sort="f5", list__down="dwn")
    (said,) = keymap.warnings
    assert keymap.keys == {"list.sort": "f5"}
    assert said == (
        "config.toml line 8: keymap.list.down is invalid: dwn is not a valid key; "
        "did you mean down? Keeping down, j."
    )


def test_a_key_that_another_action_has_is_not_taken_from_it_and_both_are_named() -> None:
    keymap = resolved(task__download="s")
    said = "config.toml line 7: keymap.task.download cannot use s: already bound to "
    said += "list.sort. Keeping d."
    assert keymap == Keymap({}, (said,))


def test_two_actions_may_change_places() -> None:
    assert resolved(task__download="s", list__sort="d").warnings == ()


def test_of_two_entries_for_one_key_the_first_has_it() -> None:
    keymap = resolved(task__download="f5", list__sort="f5")
    assert keymap.keys == {"task.download": "f5"}
    assert "list.sort cannot use f5: already bound to task.download" in keymap.warnings[0]


def test_an_entry_that_leans_on_a_refused_one_is_refused_as_well() -> None:
    keymap = resolved(task__download="s", list__sort="q")
    assert keymap.keys == {}
    assert len(keymap.warnings) == 2


def test_actions_that_never_meet_may_share_a_key() -> None:
    assert resolved(detail__down="s").warnings == ()


@pytest.mark.parametrize("preset", Preset)
def test_a_preset_names_actions_that_there_are_and_clashes_with_none(preset: Preset) -> None:
    bound = {binding.id for place in binding_places(SeedanceApp) for binding in place}
    assert set(PRESETS[preset]) <= bound
    as_own = {action: ",".join(keys) for action, keys in PRESETS[preset].items()}
    assert resolve(ScreenSettings(keymap=as_own), binding_places(SeedanceApp)).warnings == ()


@pytest.mark.parametrize("preset", Preset)
def test_no_preset_takes_a_promised_key_away(preset: Preset) -> None:
    places = binding_places(SeedanceApp)
    before = {binding.key: binding.id or "" for binding in reversed(places[0])}
    keymap = resolve(ScreenSettings(keys=preset), places).keys
    for key in PROMISED:
        action = before[key]
        assert action not in keymap or key in keymap[action].split(","), key


def test_a_key_of_the_library_is_in_the_way_as_well() -> None:
    own = ScreenSettings(keymap={"task.download": "ctrl+q"})
    assert "cannot use ctrl+q" in resolve(own, binding_places(SeedanceApp)).warnings[0]


async def test_footer_palette_and_help_show_the_keys_in_force(start: Start, config: Config) -> None:
    own = ScreenSettings(keymap={"task.download": "f5", "list.sort": ""})
    async with start(settings=replace(config, screen=own)) as monitor:
        assert " f5 Download " in monitor.text("#keys")
        assert "Sort" not in monitor.text("#keys")
        await monitor.press("colon")
        await monitor.until(lambda: monitor.app.screen.query_one(OptionList).option_count > 20)
        offered = monitor.app.screen.query_one(OptionList).options
        offers = {str(option.prompt).partition("\n")[0] for option in offered}
        assert {"Download  (f5)", "Sort"} <= offers
        await monitor.press("escape", "question_mark")
        (lines,) = monitor.app.screen.query(HelpLines)
        rows = [
            "".join(text for text, role in lines.line(y)) for y in range(lines.virtual_size.height)
        ]
        assert any("f5          Download the result" in row for row in rows)
        assert any(row.startswith("            Choose what the list") for row in rows)


async def test_a_key_that_was_given_acts_and_the_one_before_does_not(
    start: Start, config: Config
) -> None:
    own = ScreenSettings(keymap={"list.pause": "f5"})
    async with start(settings=replace(config, screen=own)) as monitor:
        await monitor.press("P")
        assert "paused" not in monitor.text("#status")
        await monitor.press("f5")
        assert "paused" in monitor.text("#status")


async def test_what_cannot_be_used_is_told_at_the_start(start: Start, config: Config) -> None:
    own = ScreenSettings(keymap={"task.download": "s"}, theme="nrod")
    async with start(settings=replace(config, screen=own)) as monitor:
        await monitor.says("already bound to list.sort")
        told = [notice.full for notice in monitor.screen.said.newest_first]
        assert any("did you mean nord?" in text for text in told)
        assert len(monitor.screen._warnings) == 2


async def test_the_keys_of_vim_move_between_the_panes_and_by_half_pages(
    start: Start, config: Config
) -> None:
    vim = ScreenSettings(keys=Preset.VIM)
    async with start(settings=replace(config, screen=vim)) as monitor:
        await monitor.press("l")
        assert monitor.screen.query_one("#detail").has_focus
        await monitor.press("h")
        assert monitor.list.has_focus
        await monitor.press("ctrl+d")
        assert monitor.list.place == 2
        await monitor.press("ctrl+u", "J")
        assert len(monitor.list.marks) == 2
        await monitor.press("h")
        assert len(monitor.list.marks) == 2, "in the list it takes nothing away"
