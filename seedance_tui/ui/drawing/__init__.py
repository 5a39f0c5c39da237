"""Drawing: spans, glyphs, formats, themes.

Doors: `spans`, `glyphs`, `group_head`, `format`, `columns`, `themes`.
It may import `core` and Textual.
"""
