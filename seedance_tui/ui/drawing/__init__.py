"""Drawing: spans, glyphs, formats, themes.

Doors: `spans`, `glyphs`, `group_head`, `format`, `column_needs`, `columns`, `chosen_columns`,
`themes`, `half_blocks`, `kitty`, `frames`, `poster_room`.
It may import `core` and Textual.
"""
