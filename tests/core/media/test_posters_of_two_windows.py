"""Two windows keep their posters in one folder, and neither minds the other."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

WINDOW = """
import sys
from pathlib import Path
from seedance_tui.core.media.picture import Picture
from seedance_tui.core.media.posters import Posters

kept = Posters(Path(sys.argv[1]), most=40_000)
for turn in range(5):
    for number in range(20):
        kept.put(f"task {number}", Picture(32, 18, bytes([number]) * (32 * 18 * 3)))
        other = kept.get(f"task {19 - number}")
        assert other is None or set(other.rgb) == {19 - number}
"""


def test_none_reads_a_half_of_what_another_writes(tmp_path: Path) -> None:
    folder = tmp_path / "posters"
    command = [sys.executable, "-c", WINDOW, str(folder)]
    windows = [subprocess.Popen(command) for _ in range(2)]
    assert [window.wait(60) for window in windows] == [0, 0]
    assert {path.suffix for path in folder.iterdir()} == {".ppm"}
    assert sum(path.stat().st_size for path in folder.iterdir()) <= 2 * 40_000
