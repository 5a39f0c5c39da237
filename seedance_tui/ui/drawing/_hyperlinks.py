"""Words that open a link where the terminal lets them be clicked."""

from __future__ import annotations

from ...api.unsigned import is_unsigned
from ...api.web_addresses import ascii_link

_LONGEST_LINK = 2083
"""Characters of a link that can be clicked; VTE ignores longer ones (its hyperlink.hh)."""


class Hyperlink(str):
    """Words that open `url` where the terminal lets them be clicked; it is printable ASCII."""

    url: str

    def __eq__(self, other: object) -> bool:
        """Whether the words and what they open are the same."""
        return self._key == (other._key if isinstance(other, Hyperlink) else (str(other), ""))

    def __ne__(self, other: object) -> bool:
        """Agree with `==`: that of `str` would not."""
        return not self == other

    def __hash__(self) -> int:
        """Agree with `==` too."""
        return hash(self._key)

    @property
    def _key(self) -> tuple[str, str]:
        return str(self), self.url


def linked(words: str, url: str) -> str:
    """Let words open a link of the web; one that was taken its signature opens nothing."""
    target = ascii_link(url)
    if target is None or is_unsigned(target) or len(target) > _LONGEST_LINK:
        return words
    hyperlink = Hyperlink(words)
    hyperlink.url = target
    return hyperlink
