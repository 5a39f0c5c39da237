"""What the detail pane shows, as lines and places: fields, JSON, timeline. No widget is in here."""

from .fields_page import fields_page
from .json_page import json_page
from .page import Page, Place, View
from .timeline import timeline_page
from .versus_page import Facts, versus_page

__all__ = [
    "Facts",
    "Page",
    "Place",
    "View",
    "fields_page",
    "json_page",
    "timeline_page",
    "versus_page",
]
