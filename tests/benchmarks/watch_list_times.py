"""Seconds to load a watch list and to save a change of it, ours and the libraries' alone.

`python watch_list_times.py FILE` prints four numbers; for `floors.py`.
"""

import sys
import time
import tomllib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import tomli_w

from seedance_tui.core.watchlist.changes import Change, Step
from seedance_tui.core.watchlist.file import WatchListFile


def seconds(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


path = Path(sys.argv[1])
watch_list = WatchListFile(path)
first = watch_list.load().watched[0]
change = Change((Step(0, first, replace(first, label="renamed")),))
loaded = seconds(lambda: WatchListFile(path).load())
bare_load = seconds(lambda: tomllib.loads(path.read_text(encoding="utf-8")))
document = tomllib.loads(path.read_text(encoding="utf-8"))
saved = seconds(lambda: watch_list.apply(change))
beside = path.with_suffix(".floor")  # its tables are of another kind: the next run reads our file
bare_save = bare_load + seconds(
    lambda: beside.write_text(tomli_w.dumps(document), encoding="utf-8")
)
print(loaded, bare_load, saved, bare_save)
