"""The settings: option, then environment, then config.toml, then default.

config.toml is the user's: it is read and never written.
"""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from typing import Any, Self

from ..api.key import ApiKey
from ..api.links import is_open_to_others, redacted, web_link
from . import language, log, paths
from .credentials import find_key, fix_for_others
from .failures import ConfigError
from .pace import LEAST_INTERVAL

BASE_URL = "https://www.anyfast.com.cn"
INTERVAL = 15.0

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

    @classmethod
    def of(cls, given: Mapping[str, Any]) -> Self:
        """Pick the options out of a command line that has other arguments too."""
        return cls(**{f.name: given[f.name] for f in fields(cls) if f.name in given})

    def or_environment(self, environ: Mapping[str, str]) -> dict[str, str]:
        """Return what is set, an option before its variable."""
        chosen = {
            f.name: getattr(self, f.name) or environ.get(VARIABLES.get(f.name, ""), "")
            for f in fields(self)
        }
        return {name: value for name, value in chosen.items() if value}


@dataclass(frozen=True, slots=True)
class Config:
    """The settings in force; `interval` in seconds, `warnings` name what could not be used."""

    base_url: str
    config: Path
    watchlist: Path
    history: Path
    download_dir: Path
    interval: float = INTERVAL
    lang: str = "en"
    key: ApiKey | None = None
    keymap: Mapping[str, str] = field(default_factory=dict)
    theme: str | None = None
    warnings: tuple[str, ...] = ()


def load(options: Options, environ: Mapping[str, str], *, with_key: bool = True) -> Config:
    """Read the settings; ConfigError for an option, a variable or a key that cannot be used.

    The key is kept out of the log from then on. Without `with_key` none is read, and no command
    is run for it.
    """
    chosen = options.or_environment(environ)
    path = _path(chosen["config"]) if "config" in chosen else _default_config(environ)
    warnings: list[str] = []
    file = _read(path, required="config" in chosen)
    warnings += _dangers_of_file(path, file)

    def setting(name: str, default: str = "") -> str:
        return chosen.get(name) or _string(file, name, warnings) or default

    base_url, download_dir = setting("base_url", BASE_URL), setting("download_dir")
    key = find_key(options.api_key_file, environ, file) if with_key else None
    if key is not None:
        log.conceal(key)
        warnings += _dangers_on_the_way(base_url)
    return Config(
        base_url=base_url,
        config=path,
        watchlist=_path(setting("watchlist") or paths.data_dir(environ) / "watchlist.toml"),
        history=_path(setting("history") or paths.state_dir(environ) / "history.db"),
        download_dir=_path(download_dir) if download_dir else paths.downloads_dir(),
        interval=_interval(chosen.get("interval"), file, warnings),
        lang=_language(chosen.get("lang"), file, warnings) or language.from_environment(environ),
        key=key,
        keymap=_keymap(file, warnings),
        theme=_string(file, "theme", warnings) or None,
        warnings=tuple(warnings),
    )


def _default_config(environ: Mapping[str, str]) -> Path:
    return paths.config_dir(environ) / "config.toml"


def _path(value: str | Path) -> Path:
    try:
        return Path(value).expanduser().absolute()
    except RuntimeError as error:
        raise ConfigError(f"{value}: {error}") from error


def _read(path: Path, *, required: bool) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8-sig"))
    except FileNotFoundError:
        if required:
            raise ConfigError(f"{path}: no such file") from None
        return {}
    except (OSError, ValueError, RecursionError) as error:
        # Not the defaults: they would send a private gateway's key to the public one.
        raise ConfigError(f"{path} cannot be read: {error}") from error


def _dangers_of_file(path: Path, file: Mapping[str, Any]) -> list[str]:
    """Say how to keep others from a key that stands in the file."""
    fix = fix_for_others(path) if file.get("api_key") else ""
    return [f"{path}: others can read the API key in it; run: {fix}"] if fix else []


def _dangers_on_the_way(base_url: str) -> list[str]:
    if web_link(base_url) is None or not is_open_to_others(base_url):
        return []
    return [f"{redacted(base_url)}: the key goes over the network unencrypted; use https"]


def _string(file: Mapping[str, Any], name: str, warnings: list[str]) -> str:
    value = file.get(name, "")
    if isinstance(value, str):
        return value
    warnings.append(f"config.toml: {name} is not a text; the default is used")
    return ""


def _interval(chosen: str | None, file: Mapping[str, Any], warnings: list[str]) -> float:
    if chosen is not None:
        try:
            return _seconds(chosen)
        except ValueError:
            raise ConfigError(f"interval: {chosen!r} is not a number of seconds") from None
    try:
        return _seconds(file.get("interval", INTERVAL))
    except (TypeError, ValueError, OverflowError):
        warnings.append("config.toml: interval is not a number of seconds; 15 is used")
        return INTERVAL


def _seconds(value: str | float) -> float:
    seconds = float(value)
    if not 0 <= seconds < float("inf"):
        raise ValueError(value)
    return max(LEAST_INTERVAL, seconds)


def _language(chosen: str | None, file: Mapping[str, Any], warnings: list[str]) -> str:
    value = chosen or _string(file, "lang", warnings)
    if value in ("", "en", "zh"):
        return value
    if chosen:
        raise ConfigError(f"lang: {value!r} is neither en nor zh")
    warnings.append(f"config.toml: lang {value!r} is neither en nor zh")
    return ""


def _keymap(file: Mapping[str, Any], warnings: list[str]) -> dict[str, str]:
    table = file.get("keymap", {})
    if isinstance(table, dict) and all(isinstance(keys, str) for keys in table.values()):
        return table
    warnings.append("config.toml: keymap is not a table of action = keys; it is not used")
    return {}
