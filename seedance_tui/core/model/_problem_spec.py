"""What one row of the problems is made of."""

from __future__ import annotations

from dataclasses import dataclass

from .codes import Code, Exit


@dataclass(frozen=True, slots=True)
class ProblemSpec:
    """One row. The three texts are English and marked for the catalogue."""

    code: Code
    exit: Exit
    sentence: str
    """For the screen, with what to do there, such as a key to press."""
    phrase: str
    """For a log, where it follows an ID and a colon and nothing can be pressed."""
    hint: str = ""
    """What the user can do about it."""
    retryable: bool = False
    """Whether it may be over by the next try, with nobody doing anything."""
    stops_asking: bool = False
    """Whether it concerns the key or the address, so that every other request fails too."""
