"""How long a refusal may last before a verb believes it."""

from seedance_tui.command_line._refused import PATIENCE, Refused


class Clock:
    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


def test_before_any_good_answer_a_refusal_is_final() -> None:
    assert Refused(Clock()).is_final("a", is_alone=False)


def test_after_a_good_answer_it_is_final_once_it_has_lasted() -> None:
    clock = Clock()
    refused = Refused(clock)
    refused.answered("b")
    assert not refused.is_final("a", is_alone=True)
    clock.now = PATIENCE - 1
    refused.answered("b")
    assert not refused.is_final("a", is_alone=True)
    clock.now = PATIENCE
    assert refused.is_final("a", is_alone=True)


def test_a_good_answer_to_anybody_takes_the_key_as_good_again() -> None:
    clock = Clock()
    refused = Refused(clock)
    refused.answered("a")
    assert not refused.is_final("a", is_alone=False)
    clock.now = PATIENCE - 1
    refused.answered("b")
    clock.now = PATIENCE + 1
    assert not refused.is_final("a", is_alone=False)
    clock.now = 2 * PATIENCE + 1
    assert refused.is_final("b", is_alone=False), "nobody was answered for so long"
