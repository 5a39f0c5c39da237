"""The exit statuses, which scripts rely on."""

from __future__ import annotations

from seedance_tui.core.model.codes import Exit


def test_the_exit_statuses_are_those_that_scripts_know() -> None:
    numbers = {status.name: int(status) for status in Exit}
    assert sorted(numbers.values()) == [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 129, 130, 141]
    assert (numbers["WELL"], numbers["OTHER"], numbers["USAGE"], numbers["NO_KEY"]) == (0, 1, 2, 3)
