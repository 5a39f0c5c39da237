"""No cell of an export is computed by a spreadsheet, however its first sign is written."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest

from seedance_tui.demo import Demo

Shell = Callable[..., Any]
SIGNS = [
    *"=+-@",
    "\N{FULLWIDTH EQUALS SIGN}",
    "\N{FULLWIDTH PLUS SIGN}",
    "\N{FULLWIDTH HYPHEN-MINUS}",
    "\N{FULLWIDTH COMMERCIAL AT}",
    "\N{SMALL EQUALS SIGN}",
    "\N{SUPERSCRIPT PLUS SIGN}",
    "\N{MINUS SIGN}",
    "\u3000=",
    "\u202e=",
    "\u200b\N{FULLWIDTH EQUALS SIGN}",
]


@pytest.mark.parametrize(
    "sign", SIGNS, ids=[sign.encode("unicode_escape").decode() for sign in SIGNS]
)
def test_a_sign_before_a_formula_is_defused(demo: Demo, shell: Shell, sign: str) -> None:
    shell("add", "asyntask_done1", f"--label={sign}cmd|' /C calc'!A1")
    (record,) = csv.DictReader(io.StringIO(shell("export", "--offline").out))
    assert record["label"].startswith("'")


@pytest.mark.parametrize("label", ["茶", "a=b", "1-2", "〜", "!x", "“=”"])
def test_other_text_stays_as_it_is(demo: Demo, shell: Shell, label: str) -> None:
    shell("add", "asyntask_done1", "--label", label)
    (record,) = csv.DictReader(io.StringIO(shell("export", "--offline").out))
    assert record["label"] == label


def test_raw_csv_has_every_cell_as_it_is(demo: Demo, shell: Shell) -> None:
    shell("add", "asyntask_done1", "--label", "=1+1")
    for verb in ("list", "export"):
        (record,) = csv.DictReader(io.StringIO(shell(verb, "--offline", "--raw-csv").out))
        assert record["label"] == "=1+1"
