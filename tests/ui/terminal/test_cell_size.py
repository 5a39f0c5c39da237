"""The pixels of a cell: those of the terminal, so that nothing is blurred, up to a limit."""

from __future__ import annotations

import pytest

from seedance_tui.ui.terminal.cell_size import limited


@pytest.mark.parametrize(
    ("columns", "lines", "width", "height", "cell"),
    [
        (80, 24, 560, 360, (7, 15)),
        (80, 24, 1280, 768, (16, 32)),
        (80, 24, 0, 0, (8, 16)),
        (80, 24, 79, 23, (8, 16)),
        (0, 0, 0, 0, (8, 16)),
        (200, 60, 4000, 2400, (12, 24)),
        (400, 110, 0, 0, (6, 12)),
        (3000, 2000, 3000, 2000, (1, 1)),
    ],
)
def test_a_cell_has_the_pixels_of_the_terminal_as_far_as_they_can_be_sent(
    columns: int, lines: int, width: int, height: int, cell: tuple[int, int]
) -> None:
    assert limited(columns, lines, width, height) == cell
