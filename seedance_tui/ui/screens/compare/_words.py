"""What is said around the pictures: where one is, what each is, what it costs to see it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.cells import cell_len

from ....core.media.clip import Clip
from ....core.text.i18n import _
from ....core.text.units import size
from ...detail.versus_page import in_short
from ...drawing import format as fmt
from ...drawing.glyphs import glyphs
from ...drawing.spans import Line
from ._plan import StagePlan
from ._shots import Shot
from ._stage import Mode, StageState

_LEAST_NAME = 16
"""Cells of the name of what is compared."""


def head(name: str, verdicts: Sequence[str], sharper: float | None, width: int) -> Line:
    """The first line: what is compared, and what the one has more of, as far as it fits.

    `verdicts` say so in words, the longest first.
    """
    sharpness = _("sharpness × {n}").format(n=fmt.times(sharper)) if sharper else ""
    both = (glyphs().joint.join(filter(None, (words, sharpness))) for words in verdicts)
    most = width - min(_LEAST_NAME, cell_len(name)) - 4
    said = next((way for way in (*both, *verdicts, sharpness) if cell_len(way) <= most), "")
    room = width - cell_len(said) - 4
    return (
        (" " + fmt.fit(fmt.cut_middle(fmt.in_row(name), room), room + 2), "strong"),
        (said, "bright"),
    )


def place(clip: Clip | None, stage: StageState, width: int) -> Line:
    """The line below the pictures: which frame, which second, how near; shorter where narrow."""
    if clip is None:
        return ()
    index, count = clip.index_at(stage.at), len(clip.moments)
    at = f"{clip.moments[index]:.2f}"
    parts = [
        _("frame {n} of {count}").format(n=index + 1, count=count),
        _("{at} of {seconds} s").format(at=at, seconds=f"{clip.facts.seconds or 0:.2f}"),
    ]
    if stage.zoom > 1:
        parts.append(_("zoom {n} ×").format(n=fmt.times(stage.zoom)))
    if cell_len(glyphs().joint.join(parts)) > width - 2:
        parts[1] = f"{at} s"
    return ((" " + glyphs().joint.join(parts), "normal"),)


def caption(name: str, clip: Clip | None, plan: StagePlan) -> Line:
    """The line above a picture: which one it is, and what its file is."""
    shown = _indent(plan) + fmt.cut_middle(fmt.in_row(name), plan.columns - 2)
    room = plan.columns - 1 - cell_len(shown)
    facts = f"  {in_short(clip.facts)}" if clip else ""
    return ((shown, "strong"), (facts if cell_len(facts) <= room else "", "dim"))


def joint_caption(names: tuple[str, str], mode: Mode, amplified: int, plan: StagePlan) -> Line:
    """The line above one picture of two."""
    if mode is Mode.SLIDER:
        words = f" {glyphs().pointer_at_rest} ".join(map(fmt.in_row, names))
    else:
        words = _("difference × {n}").format(n=amplified)
    return ((_indent(plan) + fmt.cut_end(words, plan.columns - 2), "strong"),)


def _indent(plan: StagePlan) -> str:
    """What takes a caption to the column of the other words."""
    return " " * (1 - plan.left)


def in_their_place(shots: Sequence[Shot]) -> str:
    """What is said where there is no picture of both."""
    words = (in_its_place(shot) for shot in shots if shot.picture is None)
    return next(filter(None, words), "")


def in_its_place(shot: Shot) -> str:
    """What is said where there is no picture."""
    if shot.cost is None:
        return shot.words
    takes = _("This frame: {part} of {whole}.").format(
        part=size(shot.cost.bytes), whole=size(shot.cost.size)
    )
    if shot.is_dear:
        return f"{takes} " + _("d saves the file, which then serves all; enter fetches the frame.")
    return takes
