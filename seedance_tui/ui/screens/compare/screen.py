"""The comparison: two videos at the same moment, or one alone, and what is known of them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import TYPE_CHECKING, cast

from textual import work
from textual.app import ComposeResult
from textual.containers import Container

from ....core.model.file_states import Saved, Unfinished
from ...detail.page import PageContext
from ...detail.versus_page import Facts, verdicts
from ...drawing import half_blocks
from ...drawing.spans import Line
from ...keys.action import Situation, bindings
from ...keys.compare import VERSUS
from ...terminal.cell_size import pixel_cell
from ...widgets.film_strip import FilmStrip
from ...widgets.key_bar import KeyBar
from ...widgets.lines import SpanLine
from ...widgets.notice_line import NoticeLine
from ...widgets.versus_view import VersusView
from . import _words
from ._facts import FileFacts
from ._layout import PlanLayout
from ._plan import TILES, StagePlan
from ._projector import Projector
from ._shots import shape_of
from ._side_view import SideView
from ._stage import Mode
from ._task_pane import TaskPane, Verbs
from .sides import Side, VideoSource

if TYPE_CHECKING:
    from textual.worker import WorkType

_TICK = 1.0
"""Seconds between two looks at the clock."""
_USUAL_SHAPE = 16, 9

Page = Callable[[Facts, PageContext, bool], list[Line]]
"""Writes what is known of the videos, whole or as the table alone."""


class CompareScreen(TaskPane):
    """Shows `sides`, the main one last, and the facts that `page` writes, if there are any.

    `source` is None where there can be no pictures; `now` tells Unix seconds.
    """

    DEFAULT_CSS = """
    CompareScreen {
        background: $background;
        #body { height: 1fr; layout: vertical; }
        #sides { layout: horizontal; }
        #seen { height: auto; layout: vertical; }
        SideView.-second { margin-left: 1; }
        VersusView.-nowhere { display: none; }
        &.-stacked #sides { layout: vertical; }
        &.-stacked SideView.-second { margin-left: 0; }
        &.-facts #seen, &.-facts #head { display: none; }
        &.-facts VersusView { display: block; }
    }
    """

    ACTIONS = VERSUS
    BINDINGS = bindings(VERSUS)
    AUTO_FOCUS = "VersusView"

    def __init__(
        self,
        sides: Sequence[Side],
        page: Page | None,
        source: VideoSource | None,
        now: Callable[[], float],
        verbs: Verbs,
        *,
        in_pixels: bool = False,
    ) -> None:
        super().__init__(sides, verbs)
        self._page = page
        self._now = now
        self._in_pixels = in_pixels
        self._file_facts = FileFacts(sides)
        self._projector = Projector(source, sides, self._show_shots) if source else None
        self._shared = PlanLayout(self)
        self._plan: StagePlan | None = None
        self._is_opening = False

    def compose(self) -> ComposeResult:
        """Show the verdict, the pictures and their place, the facts, the notice, the keys."""
        yield SpanLine(id="head")
        with Container(id="body"):
            with Container(id="seen"):
                with Container(id="sides"):
                    for index in range(len(self._sides)):
                        classes = "-second" if index else ""
                        yield SideView(in_pixels=self._in_pixels, classes=classes)
                yield SpanLine(id="place")
                yield FilmStrip(in_pixels=self._in_pixels)
            yield VersusView()
        yield NoticeLine()
        yield KeyBar()

    def on_mount(self) -> None:
        """Show what is known, and let the times run on."""
        self.set_class(self._projector is None, "-facts")
        self.publish()
        self.set_interval(_TICK, self.publish)

    def on_resize(self) -> None:
        """Share the new size."""
        self.on_stage()

    async def on_unmount(self) -> None:
        """Let go of the files."""
        if self._projector:
            await self._projector.close()

    def publish(self) -> None:
        """Show what the store has; a file that is new on the disk is read first."""
        if self._file_facts.unread:
            self._read_files()
        if self._projector and self._projector.is_news() and not self._is_opening:
            self._open()
        self._show_facts()
        self.show_keys()

    @property
    def situation(self) -> Situation:
        """What there is to act on."""
        files = [side.entry.file(side.kind) for side in self._sides]
        is_settled = all(isinstance(file, Saved | Unfinished) for file in files)
        return Situation(
            has_unsaved=not is_settled,
            has_pictures=self.shows_pictures,
            has_two=len(self._sides) > 1,
        )

    @property
    def shows_pictures(self) -> bool:
        """Whether pictures are seen, and not the facts alone."""
        return self._projector is not None and not self.has_class("-facts")

    @property
    def is_here(self) -> bool:
        """Whether there is still something to be shown on."""
        return self.is_running and not self.has_class("-closing") and bool(self.query("#place"))

    @property
    def moments(self) -> Sequence[float]:
        """When each frame of the main video is shown."""
        main = self._projector and self._projector.main
        return main.moments if main else ()

    def action_facts(self) -> None:
        """Show the facts alone, or the pictures again."""
        if self._projector and self._page:
            self.toggle_class("-facts")
            self._shared.forget()
            self.on_stage()
            self.publish()

    def on_stage(self, *, hurried: bool = False, fetches: bool = False) -> None:
        """Show what is on the stage now: where one is at once, the pictures once they are made."""
        if not (projector := self._projector) or not self.shows_pictures or not self.is_here:
            return
        shape = shape_of(projector.main) if projector.main else _USUAL_SHAPE
        count = len(self._sides) if self.stage.mode is Mode.PAIR else 1
        planned = self._plan = self._shared.make(
            self.size, shape, count, has_facts=self._page is not None
        )
        self._show_shots()
        cell = pixel_cell(self.app) if self._in_pixels else half_blocks.CELL
        draw = partial(
            projector.draw,
            self.stage,
            planned.pixels(cell),
            planned.tile_pixels(cell, self.size.width),
            hurried=hurried,
            fetches=fetches,
        )
        self.run_worker(cast("WorkType[None]", draw), group="frames", exclusive=True)

    def _show_shots(self) -> None:
        """Show what was decoded, each in its place."""
        projector, stage = self._projector, self.stage
        if projector is None or not self.is_here:
            return
        views, names = list(self.query(SideView)), [side.name for side in self._sides]
        if len(self._sides) > 1 and stage.mode in (Mode.SLIDER, Mode.DIFFERENCE):
            first, second = (names[index] for index in stage.order)
            joint, width = projector.joint, views[0].size.width
            caption = _words.joint_caption((first, second), stage.mode, joint.amplified, width)
            views[0].show(caption, joint.picture, _words.in_their_place(projector.shots))
        else:
            for view, index in zip(views, stage.order, strict=False):
                clip, shot = projector.clips[index], projector.shots[index]
                caption = _words.caption(names[index], clip, view.size.width)
                view.show(caption, shot.picture, _words.in_its_place(shot))
        self.query_one("#place", SpanLine).show(
            _words.place(projector.main, stage, self.size.width)
        )
        strip = self.query_one(FilmStrip)
        strip.tiles = projector.tiles
        last = self.moments[-1] if self.moments else 0.0
        strip.lit = round(stage.at / last * (TILES - 1)) if last else 0
        self._show_head()

    def _show_facts(self) -> None:
        """Show what is known of the videos; it is laid out anew, which takes its time."""
        page, whole, facts = self._page, not self.shows_pictures, self._known_facts
        if page:
            self.query_one(VersusView).show(lambda view: page(facts, view, whole), self._now())
        self._show_head()

    def _show_head(self) -> None:
        """Show what is compared, and what the one has more of."""
        projector, entry = self._projector, self._sides[-1].entry
        said = verdicts(entry, self._known_facts) if self.is_pair_of_one_task else ()
        sharper = projector.sharper if projector else None
        head = _words.head(self.called, said, sharper, self.size.width)
        self.query_one("#head", SpanLine).show(head)

    @property
    def _known_facts(self) -> Facts:
        clips = self._projector.clips if self._projector else [None] * len(self._sides)
        return self._file_facts.by_kind(clips)

    @work(group="versus", exclusive=True)
    async def _read_files(self) -> None:
        await self._file_facts.read()
        if self.is_running:
            self.publish()

    @work(group="clips")
    async def _open(self) -> None:
        projector = self._projector
        self._is_opening = True
        while projector and projector.is_news():
            await projector.open()
        self._is_opening = False
        if self.moments:
            self.stage = self.stage.moved_to(min(self.stage.at, self.moments[-1]))
        if self.is_here:
            self._show_facts()
            self.on_stage()
