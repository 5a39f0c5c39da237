"""Tags stand beside a name where it has its room, and never instead of it."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from seedance_tui.core.model.entry import Entry
from seedance_tui.core.model.watched import Watched
from seedance_tui.ui.drawing.columns import layout, row
from tests.ui.conftest import text_of

TAGS = ("ep7", "client-a")
KEPT = 20


def task_cells(width: int, task_id: str, label: str = "") -> str:
    entry = Entry(Watched(task_id, datetime.now(UTC), label, tags=TAGS))
    return text_of(next(iter(row(entry, 0.0, layout(width)))))


@pytest.mark.parametrize("width", [64, 66, 79, 95])
@pytest.mark.parametrize("label", ["fruit tea, take 3", "rain 9", "Fuxian Lake, ep 7"])
def test_a_short_label_is_never_cut_for_tags(width: int, label: str) -> None:
    assert label in task_cells(width, "asyntask_1", label)


@pytest.mark.parametrize("width", [64, 66, 79, 95])
def test_ids_without_labels_keep_their_room(width: int) -> None:
    cells = task_cells(width, "asyntask_doneDONEdoneDONEdoneDONEdone0001")
    name = cells.split(" #")[0].rstrip()
    assert len(name) >= min(KEPT, len(cells))


def test_where_there_is_room_the_tags_stand_there_too() -> None:
    assert "rain 9 #ep7 #client-a" in task_cells(79, "asyntask_1", "rain 9")
