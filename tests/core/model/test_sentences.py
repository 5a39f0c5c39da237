"""Every error has its sentence, and every sentence an error that there is."""

from collections.abc import Callable

import pytest

from seedance_tui.api import errors
from seedance_tui.api.errors import ApiError
from seedance_tui.core.model.outcomes import Problem, phrase, sentence

NEVER_RAISED = {errors.TransientError, errors.DownloadError}
"""They only gather others."""


def kinds(root: type[ApiError] = ApiError) -> set[type[ApiError]]:
    """Every kind of error that can occur."""
    below = set(root.__subclasses__())
    ours = {kind for kind in below if kind.__module__ == errors.__name__}
    return ours.union(*map(kinds, ours)) - NEVER_RAISED


OTHERS = {sentence(Problem(ApiError)), phrase(Problem(ApiError))}
"""What is said of an error that is not known."""


@pytest.mark.parametrize("say", [sentence, phrase])
def test_each_kind_of_error_is_told_in_a_sentence_of_its_own(say: Callable[..., object]) -> None:
    said = {say(Problem(kind, status=403)) for kind in kinds()}
    assert len(said) == len(kinds())
    assert not said & OTHERS
