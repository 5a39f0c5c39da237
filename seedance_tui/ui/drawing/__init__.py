"""Drawing: spans, glyphs, formats, themes.

Doors: `spans`, `glyphs`, `format`, `columns`, `themes`, `half_blocks`, `kitty`,
`poster`.
It may import `core` and Textual.
"""
