"""The first start: where the API key goes, and a prompt that takes it and shows dots."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from textual import events, on
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Vertical, VerticalScroll
from textual.strip import Strip
from textual.widget import Widget
from textual.widgets import Input, Static

from ....api.base_url import shown
from ....api.key import ApiKey
from ....core.config import Config
from ....core.model.outcomes import phrase
from ....core.polling.key_check import KeyCheck
from ....core.settings.api_key import checked_key
from ....core.settings.errors import KeyUnusable
from ....core.settings.stored_key import may_keep
from ....core.text.i18n import _
from ....core.text.sanitize import safe
from ...drawing import format as fmt
from ...drawing.glyphs import UNICODE, glyphs
from ...widgets.safe_input import SafeInput
from .dialog import Dialog

_MASK = UNICODE.masked
"""What Textual draws for each character of a field that is masked."""


@dataclass(frozen=True, slots=True)
class TypedKey:
    """A key that the gateway has taken, and whether it is to be kept for the next start."""

    key: ApiKey
    is_to_be_kept: bool


class KeyField(SafeInput):
    """Shows a dot for each character, and lets nothing of it be copied."""

    def __init__(self) -> None:
        super().__init__(password=True, placeholder=_("paste or type the key"))

    def render_line(self, y: int) -> Strip:
        """Return the line with such dots as the terminal has."""
        strip = super().render_line(y)
        drawn = (part._replace(text=part.text.replace(_MASK, glyphs().masked)) for part in strip)
        return Strip(drawn, strip.cell_length)

    def action_copy(self) -> None:
        """Copy nothing: what is masked stays here."""

    def action_cut(self) -> None:
        """Cut nothing."""


class KeyScreen(Dialog[TypedKey | None]):
    """Comes back with a key that `check` has found to be taken, None for none."""

    DEFAULT_CSS = """
    KeyScreen {
        background: $background; align: center middle;
        & > VerticalScroll {
            width: 84; max-width: 100%; height: auto; max-height: 100%; padding: 0 2;
            scrollbar-size: 0 1;
        }
        #title { text-style: bold; }
        Static, #elsewhere { height: auto; }
        Static.dim { color: $foreground 72%; }
        Static.code { color: $foreground; margin: 0 0 1 2; }
        #state { margin: 0 0 1 0; }
        #state.bad { color: $error; }
        Input, Input:focus {
            width: 1fr; border: none; padding: 0 1; height: 1; margin: 1 0;
            background: $surface;
        }
    }
    """

    AUTO_FOCUS = ""
    BINDINGS = [Binding("escape", "dismiss(None)", "Close", show=False, priority=True)]

    def __init__(
        self,
        config: Config,
        check: Callable[[ApiKey], Awaitable[KeyCheck]],
        *,
        is_refused: bool = False,
    ) -> None:
        super().__init__()
        self._config = config
        self._check = check
        self._is_refused = is_refused
        self._accepted: ApiKey | None = None

    def compose(self) -> ComposeResult:
        """Show the field, what it does, and where else a key can stand."""
        with VerticalScroll(can_focus=False):
            yield Static(self._title(), id="title", markup=False)
            if self._can_be_typed:
                yield KeyField()
                yield Static(self._how(), id="state", markup=False)
            with Vertical(id="elsewhere"):
                yield from self._elsewhere()

    def on_mount(self) -> None:
        """Let the key be typed at once; the title stays in view."""
        for field in self.query(KeyField):
            self.set_focus(field, scroll_visible=False)

    def _title(self) -> str:
        if self._is_refused:
            return _("The gateway refuses the API key: enter another one")
        return _("Enter the API key") if self._config.says_key else _("No API key yet")

    @property
    def _can_be_typed(self) -> bool:
        return may_keep(self._config.base_url)

    def _how(self) -> str:
        text = _("enter: check it with {url}{joint}esc: not now")
        return text.format(url=shown(self._config.base_url), joint=glyphs().joint)

    def _elsewhere(self) -> Iterator[Widget]:
        """What to write where, and what can be done without a key."""
        url, path = shown(self._config.base_url), fmt.home(self._config.config)
        if not self._can_be_typed:
            text = _("Nothing is typed in for {url}: the key would be sent unencrypted; use https.")
            yield Static(text.format(url=url), classes="dim", markup=False)
        text = _("Or write it into {path}, with the quotes, for you alone (chmod 600):")
        yield Static(text.format(path=path), classes="dim", markup=False)
        lines = (
            f"# {_('settings of seedance-tui')}",
            f'api_key = "sk-{glyphs().ellipsis}"',
            f'base_url = "{url}"',
        )
        yield Static("\n".join(lines), classes="code", markup=False)
        text = _("Without a key: a adds tasks, as does a paste; seedance-tui --demo shows it all.")
        yield Static(text, classes="dim", markup=False)

    @on(Input.Submitted)
    def _submit(self, event: Input.Submitted) -> None:
        """Check what was typed; what can be no key is said at once."""
        event.stop()
        text = event.value.strip()
        if text.startswith("asyntask_"):
            self._say(_("This is a task ID, no API key: press esc, then a."), is_bad=True)
            return
        try:
            key = checked_key(text, _("API key"))
        except KeyUnusable as error:
            self._say(str(error), is_bad=True)
            return
        self._say(_("Asking the gateway…"))
        self.run_worker(self._ask(key), exclusive=True)

    async def _ask(self, key: ApiKey) -> None:
        check = await self._check(key)
        if check.problem and not check.is_accepted:
            self._say(phrase(check.problem), is_bad=True)
        elif self._config.key_file is None:
            self.dismiss(TypedKey(key, is_to_be_kept=False))
        else:
            self._accepted = key
            self._ask_to_keep(self._config.key_file)

    def _ask_to_keep(self, path: Path) -> None:
        """Ask whether the key is to be kept; the field is emptied."""
        field = self.query_one(KeyField)
        field.value, field.display = "", False
        self.set_focus(None)
        self.query_one("#elsewhere").display = False
        self.query_one("#title", Static).update(_("The API key is accepted."))
        text = _(
            "Keep it in {path}, for you and for {url} alone?\ny: keep it{joint}n: this run only"
        )
        url = shown(self._config.base_url)
        self._say(text.format(path=fmt.home(path), url=url, joint=glyphs().joint))

    def on_key(self, event: events.Key) -> None:
        """Take the answer to whether it is to be kept."""
        if self._accepted and event.character in ("y", "n", "Y", "N"):
            event.stop()
            self.dismiss(TypedKey(self._accepted, event.character in "yY"))

    def _say(self, text: str, *, is_bad: bool = False) -> None:
        state = self.query_one("#state", Static)
        state.set_class(is_bad, "bad")
        how_to_go_on = f"\n{self._how()}" if is_bad else ""
        state.update(safe(text + how_to_go_on, lines=True))
