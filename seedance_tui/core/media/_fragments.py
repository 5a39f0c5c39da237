"""Films in fragments: what comes behind the index, in boxes `moof` (ISO/IEC 14496-12, 8.8)."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass, field

from ._boxes import Boxes, Span, number
from ._runs import LARGEST, SampleRun, runs_in
from ._segments import segment_index_of

_HEADER = 8
"""Bytes of a box before what is in it."""
_PROBED = 21
"""Pictures that libav looks at where it does not know how many there are a second."""


Runs = dict[int, SampleRun]
"""The samples of each track, by its number."""


@dataclass(frozen=True, slots=True)
class Fragments:
    """The fragments of a film, and those of them that libav reads before it tells of the film.

    These are all; or, where indexes of segments say where the rest is, as many as it needs.
    """

    runs: Runs = field(default_factory=dict)
    """All of them."""
    head: Runs = field(default_factory=dict)
    """Those by which it tells frames a second: up to where the indexes reach the end."""
    probed: Runs = field(default_factory=dict)
    """Those by which it tells the duration of the film: some pictures have to be among them."""
    ends: dict[int, float] = field(default_factory=dict)
    """When a track ends, in seconds, by the indexes of segments."""
    is_covered: bool = False
    """Whether these reach the end of the film."""

    def end_of(self, track: int) -> float:
        """When a track ends by the indexes; one without its own ends with the first that has one.

        0 where nothing tells.
        """
        others = next(iter(self.ends.values()), 0.0) if self.is_covered else 0.0
        return self.ends.get(track, others)


def fragments_of(
    boxes: Boxes, whole: Span, extended: Span, pictures: Collection[int] = ()
) -> Fragments:
    """Add up the fragments of a film; `pictures` are its tracks whose rate no index tells."""
    usual = _usual(boxes, extended)
    roots = list(boxes.inside(whole))
    end = next((span.begin - _HEADER for kind, span in roots if kind == b"mfra"), whole.end)
    runs: Runs = {}
    ends: dict[int, float] = {}
    head = probed = None
    is_covered = has_data = False
    for kind, inside in roots:
        has_data |= kind == b"mdat"
        if kind == b"moof":
            for track, run in runs_in(boxes.read(inside, LARGEST), inside.begin, usual):
                runs[track] = runs.get(track, SampleRun()).followed_by(run)
        elif kind == b"sidx" and head is None and (index := segment_index_of(boxes, inside)):
            ends[index.track] = index.ends
            is_covered |= index.covers == end
        if is_covered and has_data:
            head = dict(runs) if head is None else head
            if probed is None and _has_enough(runs, pictures):
                probed = dict(runs)
    head, probed = (runs if some is None else some for some in (head, probed))
    return Fragments(runs, head, probed, ends, is_covered)


def _has_enough(runs: Runs, pictures: Collection[int]) -> bool:
    return all(track in runs and runs[track].samples >= _PROBED for track in pictures)


def _usual(boxes: Boxes, extended: Span) -> dict[int, int]:
    """How long a sample of each track lasts, where its fragment does not say."""
    usual = {}
    for defaults in boxes.each(extended, b"trex"):
        data = boxes.read(defaults, 16)
        usual[number(data, ">I", 4)] = number(data, ">I", 12)
    return usual
