"""Facts that cross from workers to the screen."""

from __future__ import annotations

from dataclasses import dataclass

from textual.message import Message

from ..api.links import Kind
from ..core.entry import FileState
from ..core.session import Recorded


@dataclass
class Polled(Message):
    """A question was answered, or was not, and the store has it."""

    recorded: Recorded


@dataclass
class FileChanged(Message):
    """A download went on or came to its end, and the store has it."""

    task_id: str
    kind: Kind
    state: FileState


@dataclass
class ClientReady(Message):
    """The HTTP client is built, or cannot be: the store's trouble says why."""
