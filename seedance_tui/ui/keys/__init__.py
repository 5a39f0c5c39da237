"""Which key does what: the keymap, the names of keys, the keys of the monitor.

Doors: `binding`, `keymap`, `monitor`.
It may import `core` and Textual.
"""
