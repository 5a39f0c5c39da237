"""Warnings about the API key: a readable file, an unencrypted connection; shown at start."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...api.base_url import shown
from ...api.web_addresses import is_open_to_others, web_link
from ..text.i18n import _
from .api_key import fix_for_others


def of_file(path: Path, file: Mapping[str, Any]) -> list[str]:
    """Return a warning if other users can read the file that holds the key; else empty."""
    fix = fix_for_others(path) if file.get("api_key") else ""
    text = _("{path} contains the API key and is readable by other users; run: {fix}")
    return [text.format(path=path, fix=fix)] if fix else []


def on_the_way(base_url: str) -> list[str]:
    """Return a warning if the base URL would send the key unencrypted; else empty."""
    if web_link(base_url) is None or not is_open_to_others(base_url):
        return []
    text = _("{url}: the API key would be sent unencrypted; use https")
    return [text.format(url=shown(base_url))]
