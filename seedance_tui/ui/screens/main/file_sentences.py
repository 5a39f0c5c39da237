"""What is said of files that were asked for: how many are queued, and why others are not."""

from __future__ import annotations

from collections.abc import Mapping

from ....core.downloads.refusals import FileRefusal, SortedFiles, Why
from ....core.model.outcomes import sentence
from ....core.text.i18n import _, plural
from ...drawing import format as fmt
from ...drawing.glyphs import glyphs
from ...drawing.spans import Role


def several(sorted_out: SortedFiles) -> tuple[str, Role]:
    """Sum up in one sentence what becomes of several files."""
    wanted, counts = len(sorted_out.wanted), sorted_out.counts
    parts = [plural("{n} file queued", "{n} files queued", wanted)] if wanted else []
    parts += _counted(counts)
    if wanted or counts.get(Why.UNDER_WAY):
        parts.append(_("press w to view"))
    return glyphs().joint.join(parts), "normal" if wanted else "warn"


def alone(refusal: FileRefusal, no_link: str) -> tuple[str, Role, str]:
    """Say why the only file is not queued, and its path; `no_link`: the task has no such link."""
    match refusal.why:
        case Why.SAVED if refusal.path:
            return _("Already saved: {path}"), "normal", fmt.home(refusal.path)
        case Why.UNDER_WAY:
            return _("Already downloading · press w to view"), "normal", ""
        case Why.NO_KEY | Why.NO_CLIENT | Why.NOT_FOUND | Why.NO_ANSWER if refusal.problem:
            return sentence(refusal.problem), "bad", ""
        case Why.NOT_ASKED:
            return _("Not polled yet: press r to poll it now."), "warn", ""
        case Why.FAILED | Why.ENDED:
            return _("No video: the task ended without one."), "warn", ""
    return no_link, "warn", ""


def _counted(counts: Mapping[Why, int]) -> list[str]:
    """A count for each kind of reason, in the order of the telling."""
    groups = (
        (Why.SAVED,),
        (Why.UNDER_WAY,),
        (Why.NOT_DONE, Why.NOT_FOUND, Why.FAILED, Why.ENDED, Why.NO_LINK),
        (Why.NOT_ASKED, Why.NO_ANSWER),
        (Why.NO_KEY, Why.NO_CLIENT),
    )
    sums = [sum(counts.get(why, 0) for why in group) for group in groups]
    words = (
        plural("{n} already saved", "{n} already saved", sums[0]),
        plural("{n} already downloading", "{n} already downloading", sums[1]),
        plural("{n} has no link", "{n} have no link", sums[2]),
        plural("{n} has no response yet", "{n} have no response yet", sums[3]),
        plural("{n} cannot be downloaded now", "{n} cannot be downloaded now", sums[4]),
    )
    return [word for count, word in zip(sums, words, strict=True) if count]
