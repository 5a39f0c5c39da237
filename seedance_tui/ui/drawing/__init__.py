"""Drawing: spans, glyphs, formats, themes.

Doors: `spans`, `glyphs`, `group_head`, `format`, `columns`, `chosen_columns`, `themes`.
It may import `core` and Textual.
"""
