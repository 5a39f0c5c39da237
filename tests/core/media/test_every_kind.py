"""Clips of every kind, made here: facts as ffprobe's, and each frame the right one."""

from __future__ import annotations

import json
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from seedance_tui.core.media.clip import Clip, open_file
from seedance_tui.core.media.facts import NO_SOUND
from seedance_tui.core.media.picture import WHOLE, Crop, fitted
from tests.core.media.clips import RATE, RECIPES, Recipe, make, number_in

SMALL = 60, 60


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("clips")


@pytest.fixture(params=RECIPES, ids=lambda recipe: recipe.name)
def recipe(request: pytest.FixtureRequest) -> Recipe:
    found: Recipe = request.param
    return found


@pytest.fixture
def path(recipe: Recipe, folder: Path) -> Path:
    """The clip, made once in each process."""
    known = folder / recipe.file_name
    return known if known.exists() else make(recipe, folder)


@pytest.fixture
def clip(path: Path) -> Iterator[Clip]:
    with closing(open_file(path)) as clip:
        yield clip


def skipped(recipe: Recipe) -> int:
    """How many frames the clip's edit list leaves out."""
    return 5 if recipe.name == "h264_edited" else 0


def test_every_frame_is_the_one_that_was_asked_for_in_any_order(recipe: Recipe, clip: Clip) -> None:
    count = len(clip.moments)
    assert count == recipe.frames - skipped(recipe)
    size = fitted(clip.facts.width or 1, clip.facts.height or 1, *SMALL)
    for index in (0, count - 1, count // 2, count // 2 + 1, 3, 4, 1, count - 2):
        assert number_in(clip.frame(index, size)) == index + skipped(recipe)


def test_every_frame_is_prepared_as_it_would_be_decoded(recipe: Recipe, clip: Clip) -> None:
    while clip.prepare((48, 30)):
        pass
    clip._source.close()  # nothing more is read
    numbers = [number_in(clip.frame(index, (48, 30))) for index in range(len(clip.moments))]
    assert numbers == list(range(skipped(recipe), recipe.frames))


def test_a_part_of_a_frame_is_of_that_frame(recipe: Recipe, clip: Clip) -> None:
    middle = Crop(0, 0.25, 1, 0.5)
    assert number_in(clip.frame(7, (120, 40), middle)) == 7 + skipped(recipe)
    assert clip.frame(7, (120, 40), middle) != clip.frame(7, (120, 40), WHOLE)


def test_the_moments_are_those_at_which_the_frames_were_shown(recipe: Recipe, clip: Clip) -> None:
    first = recipe.ticks(skipped(recipe))
    for index, at in enumerate(clip.moments):
        meant = (recipe.ticks(index + skipped(recipe)) - first) / 120
        assert at == pytest.approx(meant, abs=0.5 / RATE / 10)
        assert clip.index_at(at) == index
    assert clip.index_at(1e9) == len(clip.moments) - 1


def test_the_first_frame_needs_no_index(recipe: Recipe, clip: Clip) -> None:
    assert number_in(clip.first((60, 34))) == skipped(recipe)


@pytest.mark.skipif(shutil.which("ffprobe") is None, reason="ffprobe is not installed")
def test_the_facts_are_those_that_ffprobe_tells(recipe: Recipe, path: Path, clip: Clip) -> None:
    streams = probed(path)
    pictures = next(one for one in streams if one["codec_type"] == "video")
    heard = [one for one in streams if one["codec_type"] == "audio"]
    facts = clip.facts
    assert (facts.width, facts.height) == recipe.size_shown
    assert facts.frames == int(pictures["nb_read_frames"]) + skipped(recipe)
    over, under = map(int, pictures["avg_frame_rate"].split("/"))
    assert facts.frames_per_second == pytest.approx(over / under, rel=0.01)
    assert facts.profile == pictures["profile"]
    assert facts.bit_depth == (10 if "10le" in pictures["pix_fmt"] else 8)
    if "duration" in pictures:
        assert facts.seconds == pytest.approx(float(pictures["duration"]), abs=0.2)
    assert bool(heard) == (facts.sound != NO_SOUND)
    if heard:
        assert facts.sound
        assert (facts.sound.codec.lower(), facts.sound.channels) == (
            heard[0]["codec_name"],
            heard[0]["channels"],
        )


def test_the_coding_has_a_name_for_people(recipe: Recipe, clip: Clip) -> None:
    kinds = {"h264": "H.264", "h265": "H.265", "av1": "AV1", "vp9": "VP9", "prores": "ProRes"}
    assert clip.facts.coding
    assert clip.facts.coding.startswith(kinds[recipe.name.split("_")[0]])


def probed(path: Path) -> list[dict[str, Any]]:
    command = ["ffprobe", "-v", "error", "-count_frames", "-show_streams", "-of", "json"]
    done = subprocess.run([*command, str(path)], capture_output=True, check=True, text=True)
    found: list[dict[str, Any]] = json.loads(done.stdout)["streams"]
    return found
