"""A page of HTML has a small picture of each video that is saved."""

from __future__ import annotations

import base64
import io
import re
from pathlib import Path

import pytest
from PIL import Image

from seedance_tui.command_line import html_pictures
from seedance_tui.core.media import preview
from seedance_tui.core.media.picture import Picture
from seedance_tui.demo import Blob, Demo
from tests.core.media.clips import Recipe, make, number_in

from .conftest import Shell

ID, OTHER = "asyntask_done1", "asyntask_ultra1"


@pytest.fixture(autouse=True)
def _saved(demo: Demo, shell: Shell, tmp_path: Path) -> None:
    """Two are watched, one of them saved."""
    video = make(Recipe("clip", movflags="faststart"), tmp_path).read_bytes()
    for task in demo.tasks:
        demo.add(task, video=Blob.of(video))
    shell("add", ID, OTHER)
    assert shell("download", ID).code == 0


def shown(page: str) -> list[str]:
    return re.findall(r'<img alt="" src="data:image/jpeg;base64,([^"]+)">', page)


def test_the_first_frame_of_what_is_saved_is_in_the_page(shell: Shell) -> None:
    page = shell("list", "--format", "html").out
    (data,) = shown(page)
    with Image.open(io.BytesIO(base64.b64decode(data))) as image:
        assert number_in(Picture(*image.size, image.tobytes())) == 0
        assert max(image.size) <= 192
    assert "img-src data:" in page
    assert page.count('<td class="still">') == 2


@pytest.mark.parametrize("broken", [b"", b"<html>no</html>", b"\0\0\0\x18ftypmp42" + bytes(99)])
def test_a_file_without_pictures_has_none(shell: Shell, home: Path, broken: bytes) -> None:
    (path,) = home.rglob(f"{ID}.mp4")
    path.write_bytes(broken)
    page = shell("list", "--format", "html")
    assert page.code == 0
    assert shown(page.out) == []


def test_fields_that_were_picked_are_all_there_is(shell: Shell) -> None:
    assert shown(shell("list", "--format", "html", "--fields", "id").out) == []


def test_without_the_extra_the_page_is_as_ever(
    shell: Shell, monkeypatch: pytest.MonkeyPatch
) -> None:
    preview.has_preview.cache_clear()
    monkeypatch.setattr(preview, "find_spec", lambda name: None)
    page = shell("list", "--format", "html")
    preview.has_preview.cache_clear()
    assert page.code == 0
    assert shown(page.out) == []
    assert "img-src" not in page.out


def test_pictures_take_a_bounded_time(shell: Shell, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(html_pictures, "_SECONDS", -1.0)
    assert shown(shell("list", "--format", "html").out) == []
