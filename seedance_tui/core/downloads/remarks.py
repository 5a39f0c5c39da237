"""What is told of a file that was saved, and is not quite as expected."""

from __future__ import annotations

from ...api.file_types import Remark
from ..model.file_states import Saved
from ..text.i18n import _


def remark_texts(saved: Saved) -> list[str]:
    """Return a text for each remark on a saved file, to follow its name and a colon."""
    return [_text(remark, saved) for remark in saved.remarks]


def source_text(saved: Saved) -> str:
    """Say which link a file came from, by its place in the response and its host, if known."""
    return _("downloaded from {source}").format(source=saved.source) if saved.source else ""


def _text(remark: Remark, saved: Saved) -> str:
    match remark:
        case Remark.BESIDE:
            return _("its usual name belongs to another file, so it is saved beside that")
        case Remark.PART_BESIDE:
            return _("something else has the name of its .part file and was left alone")
        case Remark.OTHER_FORMAT:
            text = _("its format is not what the link says; it is saved as {ending}")
            return text.format(ending=saved.path.suffix)
        case Remark.SOUND_ONLY:
            return _("it has sound but no picture")
        case Remark.ENDS_EARLY:
            return _("it has the length that the server says, but seems to end early: play it")
