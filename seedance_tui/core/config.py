"""The settings: option, then environment, then config.toml, then default.

config.toml is the user's: it is read and never written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import Any, Self

from ..api.base_url import cleaned
from ..api.key import ApiKey
from .listing.filter import QueryError, parse
from .listing.listing import OwnView
from .naming.template import DEFAULT, NameTemplate
from .polling.schedule import LEAST_INTERVAL
from .settings.api_key import KeyCommand, find_key
from .settings.auto_save import GuardSettings
from .settings.errors import ConfigError
from .settings.hooks import HookSettings
from .settings.notifications import NotifySettings
from .settings.screen import ScreenSettings
from .settings.toml_file import SettingsFile
from .settings.values import auto_save, flag, language_word, seconds, table, text, whole_number
from .storage import log, paths
from .text import i18n
from .text.i18n import _

BASE_URL = "https://www.anyfast.com.cn"
INTERVAL = 15.0
AT_ONCE = 3

VARIABLES = {
    "api_key_file": "ANYFAST_API_KEY_FILE",
    "base_url": "ANYFAST_BASE_URL",
    "config": "SEEDANCE_TUI_CONFIG",
    "watchlist": "SEEDANCE_TUI_WATCHLIST",
    "history": "SEEDANCE_TUI_HISTORY",
    "download_dir": "SEEDANCE_TUI_DOWNLOAD_DIR",
    "interval": "SEEDANCE_TUI_INTERVAL",
}


@dataclass(frozen=True, slots=True)
class Options:
    """What the command line says; None where it says nothing."""

    api_key_file: str | None = None
    base_url: str | None = None
    config: str | None = None
    watchlist: str | None = None
    history: str | None = None
    download_dir: str | None = None
    interval: str | None = None
    lang: str | None = None
    ascii: bool = False
    plain_ui: bool = False
    no_mouse: bool = False

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """Pick the options out of a command line that has other arguments too."""
        return cls(**{f.name: given[f.name] for f in fields(cls) if f.name in given})

    def or_environment(self, environ: Mapping[str, str]) -> dict[str, str]:
        """Return the texts that are set, an option before its variable."""
        chosen = {
            f.name: getattr(self, f.name) or environ.get(VARIABLES.get(f.name, ""), "")
            for f in fields(self)
        }
        return {n: value for n, value in chosen.items() if value and isinstance(value, str)}


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in force; `interval` in seconds, `warnings` name what could not be used."""

    base_url: str
    config: Path
    watchlist: Path
    history: Path
    download_dir: Path
    posters: Path | None = None
    """Where small pictures are kept that can be made again; None for nowhere."""
    interval: float = INTERVAL
    lang: str = "en"
    key: ApiKey | None = None
    key_command: KeyCommand | None = None
    """What prints the key, where it has not been run yet."""
    screen: ScreenSettings = field(default_factory=ScreenSettings)
    name: NameTemplate = DEFAULT
    sidecar: bool = False
    """Whether a task's response is written beside its video."""
    downloads_at_once: int = AT_ONCE
    guard: GuardSettings = field(default_factory=GuardSettings)
    views: tuple[OwnView, ...] = ()
    notify: NotifySettings = field(default_factory=NotifySettings)
    hooks: HookSettings = field(default_factory=HookSettings)
    warnings: tuple[str, ...] = ()

    @property
    def queue(self) -> Path:
        """Where it is remembered what is to be saved: beside the history."""
        return self.history.with_suffix(".downloads.db")

    @property
    def says_key(self) -> bool:
        """Whether it is said where the key is."""
        return self.key is not None or self.key_command is not None

    def with_key(self, *, alone: bool = False) -> Config:
        """Return it with the key that the command prints; blocks, and may raise KeyUnusable.

        The key is kept out of the log from then on. `alone` is for a command beside a screen.
        """
        if self.key_command is None:
            return self
        key = self.key_command.run(alone=alone)
        log.conceal(key)
        return replace(self, key=key, key_command=None)


def load(options: Options, environ: Mapping[str, str], *, with_key: bool = True) -> Config:
    """Read the settings; ConfigError for an option, a variable or a key that cannot be used.

    Their language is spoken and the key kept out of the log from then on. A command for the key
    is not run yet. Without `with_key` none is looked for.
    """
    chosen = options.or_environment(environ)
    path = _path(chosen["config"]) if "config" in chosen else _default_config(environ)
    file = SettingsFile.read(path, required="config" in chosen)
    lang = _language(chosen.get("lang"), file) or i18n.from_environment(environ)
    i18n.use(lang)
    file.check_names()
    from .settings.key_warnings import of_file, on_the_way

    base_url = cleaned(chosen.get("base_url") or file.get("base_url", "", text)) or BASE_URL
    found = find_key(options.api_key_file, environ, file.values) if with_key else None
    if isinstance(found, ApiKey):
        log.conceal(found)
    dangers = of_file(path, file.values) + (on_the_way(base_url) if found is not None else [])
    return Config(
        base_url=base_url,
        config=path,
        **_places(chosen, file, environ),
        posters=paths.posters_dir(environ),
        interval=_interval(chosen.get("interval"), file),
        lang=lang,
        key=found if isinstance(found, ApiKey) else None,
        key_command=found if isinstance(found, KeyCommand) else None,
        screen=ScreenSettings.read(
            file, ascii=options.ascii, plain=options.plain_ui, mouse=not options.no_mouse
        ),
        name=file.get("name", DEFAULT, _name_template),
        sidecar=file.get("sidecar", False, flag),
        downloads_at_once=file.get("downloads_at_once", AT_ONCE, whole_number(1, 16)),
        guard=_guard(file),
        views=_views(file),
        notify=NotifySettings.read(file),
        hooks=HookSettings.read(file),
        warnings=(*dangers, *file.warnings),
    )


def _places(
    chosen: Mapping[str, str], file: SettingsFile, environ: Mapping[str, str]
) -> dict[str, Path]:
    """Return where watch list, history and videos are, by the names of their settings."""
    usual = {
        "watchlist": lambda: paths.data_dir(environ) / "watchlist.toml",
        "history": lambda: paths.state_dir(environ) / "history.db",
        "download_dir": paths.downloads_dir,
    }
    said = {name: chosen.get(name) or file.get(name, "", text) for name in usual}
    return {name: _path(said[name]) if said[name] else _usual(usual[name]) for name in usual}


def _default_config(environ: Mapping[str, str]) -> Path:
    return _usual(lambda: paths.config_dir(environ)) / "config.toml"


def _usual(place: Callable[[], Path]) -> Path:
    try:
        return place()
    except paths.NoHome as error:
        raise ConfigError(str(error)) from error


def _path(value: str | Path) -> Path:
    try:
        return Path(value).expanduser().absolute()
    except RuntimeError as error:
        raise ConfigError(f"{value}: {error}") from error


def _interval(chosen: str | None, file: SettingsFile) -> float:
    if chosen is None:
        return max(LEAST_INTERVAL, file.get("interval", INTERVAL, seconds))
    try:
        return max(LEAST_INTERVAL, seconds(chosen))
    except ValueError as error:
        raise ConfigError(f"interval: {chosen!r} {error}") from None


def _language(chosen: str | None, file: SettingsFile) -> str:
    if not chosen:
        return file.get("lang", "", language_word)
    try:
        return language_word(chosen)
    except ValueError as error:
        raise ConfigError(f"lang: {error}") from None


def _guard(file: SettingsFile) -> GuardSettings:
    readers = {"auto_save": auto_save, "on_success": flag, "before": seconds}
    return GuardSettings(**file.table("guard", readers))


def _views(file: SettingsFile) -> tuple[OwnView, ...]:
    names: dict[str, object] = file.get("views", {}, table)
    read = (file.get(name, None, _view(name), table="views") for name in names)
    return tuple(own for own in read if own)


def _view(name: str) -> Callable[[object], OwnView]:
    """Return what reads the filter of a view of the user's own."""

    def read(value: object) -> OwnView:
        try:
            return OwnView(name, parse(text(value)))
        except QueryError as error:
            raise ValueError(_("is invalid: {reason}").format(reason=error)) from None

    return read


def _name_template(value: object) -> NameTemplate:
    """Read a template for the names of files."""
    try:
        return NameTemplate.parse(text(value))
    except ValueError as error:
        raise ValueError(_("is invalid: {reason}").format(reason=error)) from None
