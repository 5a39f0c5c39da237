"""What `.github` repeats of other files is the same there."""

import re
import tomllib
from pathlib import Path

from seedance_tui import __version__

ROOT = Path(__file__).parent.parent
WORKFLOW = (ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8")
CHANGELOG = (ROOT / ".github" / "CHANGELOG.md").read_text(encoding="utf-8")


def test_the_workflow_runs_the_test_command_of_the_readme() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    command = re.search(r"^python3 -m venv .*pytest$", readme, re.MULTILINE)
    assert command
    of_any_system = command[0].replace("python3", "python").replace(".venv/bin/", '"$BIN"/')
    steps = [line.strip() for line in WORKFLOW.split("run: |\n")[1].splitlines()]
    assert steps == of_any_system.split(" && ")


def test_the_workflow_tests_each_python_that_the_package_names() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = re.findall(r"Python :: (3\.\d+)", "\n".join(project["classifiers"]))
    tested = re.search(r"python: \[(.*)\]", WORKFLOW)
    assert tested
    assert re.findall(r"3\.\d+", tested[1]) == named


def test_the_newest_release_in_the_changelog_is_this_version() -> None:
    assert re.findall(r"^## (\d\S*)", CHANGELOG, re.MULTILINE)[0] == __version__
