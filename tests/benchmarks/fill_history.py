"""Write what the gateway of `floors.py` says: `fill_history.py FILE_OF_IDS HISTORY`.

That is a run of the program in which each task was asked about once.
"""

import json
import sys
import time
from pathlib import Path

from fast_gateway import answer

from seedance_tui.api.models import Task
from seedance_tui.core.history.history import History


def task(task_id: str) -> Task:
    """The answer about a task."""
    read = Task.from_json(json.loads(answer(task_id)))
    assert read is not None
    return read


ids = Path(sys.argv[1]).read_text().split()
path = Path(sys.argv[2])
path.parent.mkdir(parents=True, exist_ok=True)
History(path).record([(one, task(one), time.time()) for one in ids])
