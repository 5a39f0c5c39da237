"""Which bindings work together."""

from __future__ import annotations

from typing import TYPE_CHECKING

from .keys.keymap import declared
from .screens.compare.screen import CompareScreen
from .screens.compare.sheet import SheetScreen
from .screens.main import MainScreen
from .screens.panes.downloads import DownloadsScreen
from .screens.panes.messages import MessagesScreen
from .screens.panes.tool_output import OutputLines, ToolOutputScreen
from .widgets.download_list import DownloadList
from .widgets.message_list import MessageList
from .widgets.task_detail import TaskDetail
from .widgets.task_list import TaskList
from .widgets.tile_grid import TileGrid
from .widgets.versus_view import VersusView

if TYPE_CHECKING:
    from textual.binding import Binding
    from textual.dom import DOMNode


def binding_places(app: type[DOMNode]) -> list[list[Binding]]:
    """Return the bindings that work together: in the list, in the detail, in each pane."""
    return [
        declared(TaskList, MainScreen, app),
        declared(TaskDetail, MainScreen, app),
        declared(DownloadList, DownloadsScreen, app),
        declared(MessageList, MessagesScreen, app),
        declared(OutputLines, ToolOutputScreen, app),
        declared(VersusView, CompareScreen, app),
        declared(TileGrid, SheetScreen, app),
    ]
