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
from ._joined import AMPLIFIED
from ._shots import Shot
from ._stage import Mode, StageState


def head(name: str, verdict: str, sharper: float | None, width: int) -> Line:
    """The first line: what is compared, and what the one has more of."""
    parts = [verdict] if verdict else []
    if sharper:
        parts.append(_("sharpness × {n}").format(n=fmt.times(sharper)))
    said = fmt.cut_end(glyphs().joint.join(parts), width - 2)
    room = width - cell_len(said) - 4
    if room < 8:
        return ((" " + said, "bright"),)
    return ((" " + fmt.fit(fmt.cut_middle(name, room), room + 2), "strong"), (said, "bright"))


def place(clip: Clip | None, stage: StageState) -> Line:
    """The line below the pictures: which frame, which second, how near."""
    if clip is None:
        return ()
    index, count = clip.index_at(stage.at), len(clip.moments)
    parts = [
        _("frame {n} of {count}").format(n=index + 1, count=count),
        _("{at} of {seconds} s").format(
            at=f"{clip.moments[index]:.2f}", seconds=f"{clip.facts.seconds or 0:.2f}"
        ),
    ]
    if stage.zoom > 1:
        parts.append(_("zoom {n} ×").format(n=fmt.times(stage.zoom)))
    return ((" " + glyphs().joint.join(parts), "normal"),)


def caption(name: str, clip: Clip | None, width: int) -> Line:
    """The line above a picture: which one it is, and what its file is."""
    shown = " " + fmt.cut_middle(name, width - 2)
    room = width - 1 - cell_len(shown)
    facts = f"  {in_short(clip.facts)}" if clip else ""
    return ((shown, "strong"), (facts if cell_len(facts) <= room else "", "dim"))


def joint_caption(names: tuple[str, str], mode: Mode, width: int) -> Line:
    """The line above one picture of two."""
    if mode is Mode.SLIDER:
        words = f" {glyphs().pointer_at_rest} ".join(names)
    else:
        words = _("difference × {n}").format(n=AMPLIFIED)
    return ((" " + fmt.cut_end(words, width - 2), "strong"),)


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
