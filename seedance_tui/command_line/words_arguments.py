"""What the user says of a task, from the command line."""

from __future__ import annotations

import argparse
from dataclasses import dataclass, replace
from typing import Self

from ..core.model.watched import Watched
from ..core.text.i18n import _


@dataclass(frozen=True, slots=True)
class Words:
    """What is to be said of tasks; None leaves what is said of them, an empty text takes it away.

    Tags come to those that are there, or go.
    """

    label: str | None = None
    note: str | None = None
    prompt: str | None = None
    tags: tuple[str, ...] = ()
    untags: tuple[str, ...] = ()

    @classmethod
    def of(cls, given: argparse.Namespace) -> Self:
        """Read it from a command line."""
        untags = tuple(getattr(given, "untag", None) or ())
        return cls(given.label, given.note, given.prompt, tuple(given.tag or ()), untags)

    @property
    def says_nothing(self) -> bool:
        """Whether nothing would change."""
        return self == Words()

    def said_of(self, watched: Watched) -> Watched:
        """Return the entry with all that said of it."""
        kept = (tag for tag in watched.tags if tag not in self.untags)
        return replace(
            watched,
            label=watched.label if self.label is None else self.label,
            note=watched.note if self.note is None else self.note,
            prompt=watched.prompt if self.prompt is None else self.prompt,
            tags=tuple(dict.fromkeys((*kept, *self.tags))),
        )


def words_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the texts that a task can have."""
    parser.add_argument("--label", metavar="TEXT", help=_("what to call the tasks"))
    parser.add_argument("--note", metavar="TEXT", help=_("a note about the tasks"))
    parser.add_argument("--prompt", metavar="TEXT", help=_("the prompt of the tasks"))


def tag_argument(parser: argparse.ArgumentParser, *, removable: bool = False) -> None:
    """Add the tags that a task can have."""
    parser.add_argument(
        "--tag", action="append", type=_tag, metavar="TAG", help=_("a tag; may be repeated")
    )
    if removable:
        parser.add_argument(
            "--untag", action="append", metavar="TAG", help=_("take a tag away; may be repeated")
        )


def _tag(text: str) -> str:
    """Read a tag, which cannot be empty."""
    if not (tag := text.strip()):
        raise argparse.ArgumentTypeError(_("a tag cannot be empty"))
    return tag
