"""What the key may come to harm by: told at start, before anybody is asked."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ...api.base_url import shown
from ...api.web_addresses import is_open_to_others, web_link
from ..text.i18n import _
from .api_key import fix_for_others


def of_file(path: Path, file: Mapping[str, Any]) -> list[str]:
    """Say how to keep others from a key that stands in the file."""
    fix = fix_for_others(path) if file.get("api_key") else ""
    text = _("{path}: others can read the API key in it; run: {fix}")
    return [text.format(path=path, fix=fix)] if fix else []


def on_the_way(base_url: str) -> list[str]:
    """Say that a key would be sent where it can be read on the way."""
    if web_link(base_url) is None or not is_open_to_others(base_url):
        return []
    text = _("{url}: the key goes over the network unencrypted; use https")
    return [text.format(url=shown(base_url))]
