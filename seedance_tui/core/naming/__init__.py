"""How a saved video gets its file name from a template.

Door: `template`.
It may import `model`, `settings`, `text`.
"""
