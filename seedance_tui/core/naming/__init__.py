"""How a saved video gets its file name from a template.

Doors: `template`, `safe`.
It may import `model`, `text`.
"""
