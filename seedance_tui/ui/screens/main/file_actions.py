"""What brings files to the disk."""

from __future__ import annotations

from contextlib import aclosing
from functools import partial

from textual import on, work

from ....api.links import Kind, Link
from ....core.entry import Entry, NotSaved, Saved, Saving
from ....core.language import _, plural
from ....core.outcomes import sentence
from ... import format as fmt
from ...messages import FileChanged
from ..download import DownloadScreen
from .base import MainBase
from .copy_actions import no_link


class FileActions(MainBase):
    """A worker per file, in a group of its own: no question ever cancels a download."""

    _just_saved: list[Saved] = []

    def action_download(self) -> None:
        """Save the result."""
        for entry in self.targets():
            self.start_download(entry, Kind.RESULT)

    def action_download_menu(self) -> None:
        """Choose what to save."""
        for entry in self.targets()[:1]:
            if not entry.links:
                self.tell(no_link(Kind.RESULT, is_open=entry.is_open), "warn")
                return
            self.app.push_screen(DownloadScreen(entry), partial(self._start_all, entry))

    def start_download(self, entry: Entry, kind: Kind) -> None:
        """Save one file, or say why not."""
        link, state = entry.link(kind), entry.file(kind)
        if isinstance(state, Saving):
            self.tell(_("It is being saved already."))
        elif isinstance(state, Saved):
            self.tell(_("Saved already: {path}").format(path=fmt.home(state.path)))
        elif link is None:
            self.tell(no_link(kind, is_open=entry.is_open), "warn")
        elif self.session.client is None:
            self.tell(_("There is no connection yet."), "warn")
        else:
            self.session.store.set_file(entry.id, kind, Saving())
            self._save(entry, link)

    def _start_all(self, entry: Entry, kinds: tuple[Kind, ...] | None) -> None:
        for kind in kinds or ():
            self.start_download(entry, kind)

    @work(group="download")
    async def _save(self, entry: Entry, link: Link) -> None:
        async with aclosing(self.session.save(entry, link)) as states:
            async for state in states:
                self.post_message(FileChanged(entry.id, link.kind, state))

    @on(FileChanged)
    def _file_changed(self, event: FileChanged) -> None:
        self.publish()
        match event.state:
            case Saved():
                self._just_saved = [*self._just_saved, event.state]
                self.set_timer(0.2, self._tell_saved)
            case NotSaved(problem=problem):
                entry = self.session.store.get(event.task_id)
                name = fmt.cut_middle(entry.name if entry else event.task_id, 24)
                self.tell(
                    _("{name} was not saved. {why}").format(name=name, why=sentence(problem)), "bad"
                )

    def _tell_saved(self) -> None:
        """Say it once for all that came to an end together."""
        saved, self._just_saved = self._just_saved, []
        if len(saved) == 1:
            self.tell(_("Saved: {path}").format(path=fmt.home(saved[0].path)), "good")
        elif saved:
            count = plural("{n} file saved", "{n} files saved", len(saved))
            self.tell(f"{count}: {fmt.home(saved[-1].path.parent)}", "good")
