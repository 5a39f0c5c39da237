"""Pictures of videos on the whole screen: one video, two beside each other, or many as a sheet.

Doors: `screen`, `sides`, `sheet`.
It may import `core/media`, `panes`, `detail`, `widgets`, `drawing`, `keys`, `messages`.
"""
