"""Facts that cross from workers to the screen."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from ..core.downloads.queue import Job
from ..core.listing.views import Summary
from ..core.model.file_states import Saving
from ..core.settings.notifications import Event


@dataclass
class FileChanged(Message):
    """A file of the queue is no longer what it was, and the store has it."""

    job: Job

    def can_replace(self, message: Message) -> bool:
        """Whether the one before says nothing more: how far the same file had come."""
        return (
            isinstance(message, FileChanged)
            and message.job.key == self.job.key
            and isinstance(message.job.state, Saving)
        )


@dataclass
class BackgroundTold(Message):
    """The terminal has answered which colour is behind its text."""

    is_light: bool


class StoreChanged(Message):
    """The store has news that are not shown yet."""

    def can_replace(self, message: Message) -> bool:
        """Whether the one before says the same: it does."""
        return isinstance(message, StoreChanged)


class ArchiveChanged(Message):
    """The archive is to be read, where it is shown: it was opened, or the list was changed."""


@dataclass
class Happened(Message):
    """Things that the user may want to be told of who looks elsewhere: what, and to which task."""

    events: tuple[tuple[Event, str], ...]


@dataclass
class Counted(Message):
    """The tasks were counted anew."""

    summary: Summary


class MessagesWanted(Message):
    """All that was said is to be shown: the monitor has it."""


@dataclass
class ClientReady(Message):
    """The HTTP client is built, or cannot be: the store's trouble says why."""
