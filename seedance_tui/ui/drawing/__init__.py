"""Drawing: spans, glyphs, formats, themes.

Doors: `spans`, `glyphs`, `format`, `themes`.
It may import `core` and Textual.
"""
