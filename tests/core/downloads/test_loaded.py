"""What downloads a file, and what names it, is loaded with the first file and not before."""

import subprocess
import sys


def test_a_queue_with_nothing_in_it_loads_nothing_that_downloads() -> None:
    code = "import sys, seedance_tui.core.downloads.files; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], stdout=subprocess.PIPE, check=True)
    names = loaded.stdout.decode().split()
    ours = {name.removeprefix("seedance_tui.") for name in names}
    assert "core.downloads.files" in ours
    late = {"_auto_save", "_fetch", "_owners", "_records", "_retry", "_sources", "_speed"}
    assert not {f"core.downloads.{name}" for name in late} & ours
    assert not {"api.client", "api.transfer", "core.naming.template", "httpx"} & ours
