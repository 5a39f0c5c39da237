"""The settings: option, then environment, then config.toml, then default.

config.toml is the user's: it is read and never written.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, fields, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self

from ..api.base_url import cleaned
from ..api.key import ApiKey
from .settings.api_key import KeyCommand, find_key, find_stored_key
from .settings.auto_save import GuardSettings
from .settings.errors import ConfigError, KeyUnusable
from .settings.hooks import HookSettings
from .settings.notifications import NotifySettings
from .settings.screen import ScreenSettings
from .settings.toml_file import SettingsFile
from .settings.values import LEAST_INTERVAL, flag, language, seconds, text, whole_number
from .storage import log, paths
from .text import i18n
from .text.i18n import _

if TYPE_CHECKING:
    from .hooks.tool_settings import Tool
    from .listing.listing import OwnView
    from .naming.template import NameTemplate

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
    key_trouble: str = ""
    """Why the key cannot be read from where it is said to be: for who may do without."""
    key_file: Path | None = None
    """Where a key that is typed in may be kept; None where none may be."""
    key_is_stored: bool = False
    """Whether the key is the one from there."""
    screen: ScreenSettings = field(default_factory=ScreenSettings)
    name: NameTemplate | None = None
    """How files are named; None for the usual way."""
    sidecar: bool = False
    """Whether a task's response is written beside its video."""
    downloads_at_once: int = AT_ONCE
    guard: GuardSettings = field(default_factory=GuardSettings)
    views: tuple[OwnView, ...] = ()
    notify: NotifySettings = field(default_factory=NotifySettings)
    hooks: HookSettings = field(default_factory=HookSettings)
    tools: tuple[Tool, ...] = ()
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
        if self.key_trouble:
            raise KeyUnusable(self.key_trouble)
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
    lang = language(chosen.get("lang"), file) or i18n.from_environment(environ)
    i18n.use(lang)
    file.check_names()
    from .settings.key_warnings import of_file, on_the_way

    base_url = cleaned(chosen.get("base_url") or file.get("base_url", "", text)) or BASE_URL
    found = find_key(options.api_key_file, environ, file.values) if with_key else None
    key_file = paths.key_file(environ)
    stored = find_stored_key(key_file, base_url) if with_key and not found else None
    dangers = of_file(path, file.values) + (on_the_way(base_url) if found is not None else [])
    return Config(
        base_url=base_url,
        config=path,
        **_places(chosen, file, environ),
        **_of_key(found or stored),
        posters=paths.posters_dir(environ),
        interval=_interval(chosen.get("interval"), file),
        lang=lang,
        key_file=key_file,
        key_is_stored=stored is not None,
        screen=_screen(options, file),
        sidecar=file.get("sidecar", False, flag),
        downloads_at_once=file.get("downloads_at_once", AT_ONCE, whole_number(1, 16)),
        guard=GuardSettings.read(file),
        **_own(file),
        notify=NotifySettings.read(file),
        hooks=HookSettings.read(file),
        warnings=(*dangers, *file.warnings),
    )


def _of_key(found: ApiKey | KeyCommand | None) -> dict[str, Any]:
    """Return the key or what prints it, by its name; a key is kept out of the log."""
    if isinstance(found, ApiKey):
        log.conceal(found)
        return {"key": found}
    return {"key_command": found}


def _screen(options: Options, file: SettingsFile) -> ScreenSettings:
    return ScreenSettings.read(
        file, ascii=options.ascii, plain=options.plain_ui, mouse=not options.no_mouse
    )


def _places(
    chosen: Mapping[str, str], file: SettingsFile, environ: Mapping[str, str]
) -> dict[str, Any]:
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
    try:
        said = file.get("interval", INTERVAL, seconds) if chosen is None else seconds(chosen)
    except ValueError as error:
        raise ConfigError(f"interval: {chosen!r} {error}") from None
    if said < LEAST_INTERVAL:
        words = _("{said:g} is below the minimum; using {least:g}")
        place = file.place("interval") if chosen is None else "interval:"
        file.warnings.append(f"{place} {words.format(said=said, least=LEAST_INTERVAL)}")
    return max(LEAST_INTERVAL, said)


def _own(file: SettingsFile) -> dict[str, Any]:
    """Return what is the user's own; what reads it is loaded for who has any."""
    found: dict[str, Any] = {}
    if "name" in file.values:
        from .naming.template import NameTemplate

        found["name"] = file.get("name", None, NameTemplate.read)
    if "views" in file.values:
        from .listing.own_views import own_views

        found["views"] = own_views(file)
    if "tools" in file.values:
        from .hooks.tool_settings import read_tools

        found["tools"] = read_tools(file)
    return found
