"""The API key that the user typed into the program and wanted kept: a file for one origin."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from pathlib import Path

from ...api.key import ApiKey
from ...api.web_addresses import is_open_to_others, origin, web_link
from ..text.i18n import _
from .api_key import checked_key, fix_for_others
from .errors import KeyUnusable


@dataclass(frozen=True, slots=True)
class StoredKey:
    """The file at `path`, mode 0600; all methods block, and may raise OSError where they write."""

    path: Path

    @property
    def is_there(self) -> bool:
        """Whether a key was kept."""
        return os.path.exists(self.path)  # noqa: PTH110  Path.exists raises in a closed folder

    def key_for(self, base_url: str) -> ApiKey | None:
        """Return the key if it was typed for the origin of this base URL, else None.

        KeyUnusable for a file that others can read, or that nobody can; no key is for an
        address where it could be read on the way.
        """
        if not self.is_there or not may_keep(base_url):
            return None
        try:
            if fix := fix_for_others(self.path):
                words = _("{path}: key file is readable by other users; run: {fix}")
                raise KeyUnusable(words.format(path=self.path, fix=fix))
            values = tomllib.loads(self.path.read_text(encoding="utf-8"))
        except (OSError, ValueError, RecursionError) as error:
            reason = getattr(error, "strerror", None) or _("it is damaged; delete it")
            raise KeyUnusable(f"{self.path}: {reason}") from error
        if values.get("origin") != _written(base_url):
            return None
        return checked_key(str(values.get("key", "")), str(self.path))

    def keep(self, key: ApiKey, base_url: str) -> None:
        """Write the key down for the origin of the base URL; ValueError where it may not be."""
        if not may_keep(base_url):
            raise ValueError(base_url)
        import tomli_w

        from ..storage.atomic import write_whole

        values = {"origin": _written(base_url), "key": key.reveal()}
        write_whole(self.path, tomli_w.dumps(values).encode())

    def forget(self) -> bool:
        """Delete the file; whether there was one."""
        was_there = self.is_there
        self.path.unlink(missing_ok=True)
        return was_there


def may_keep(base_url: str) -> bool:
    """Whether a key for this address may be typed and kept: nobody can read it on the way."""
    return web_link(base_url) is not None and not is_open_to_others(base_url)


def _written(base_url: str) -> str:
    scheme, host, port = origin(base_url)
    return f"{scheme}://{host}:{port}"
