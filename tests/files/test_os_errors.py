"""What the system says reaches people without its number and without quotes around the path."""

import errno

import pytest

from seedance_tui.files.os_errors import described, reason


@pytest.mark.parametrize(
    ("error", "alone", "with_file"),
    [
        (OSError(13, "Permission denied", "/a/b"), "Permission denied", "/a/b: Permission denied"),
        (OSError(13, "Permission denied", b"/a"), "Permission denied", "/a: Permission denied"),
        (OSError(28, "No space left"), "No space left", "No space left"),
        (OSError("only words"), "only words", "only words"),
        (OSError(), "OSError", "OSError"),
        (FileNotFoundError(errno.ENOENT, "gone", 5), "gone", "gone"),
    ],
)
def test_the_reason_and_the_file(error: OSError, alone: str, with_file: str) -> None:
    assert (reason(error), described(error)) == (alone, with_file)


def test_errors_that_are_not_the_systems_say_their_text() -> None:
    assert reason(ValueError("embedded null byte")) == "embedded null byte"
    assert reason(NotImplementedError()) == "NotImplementedError"
