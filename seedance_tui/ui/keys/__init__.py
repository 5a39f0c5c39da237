"""Which key does what: the keymap, the names of keys, the keys of the monitor.

Doors: `action`, `compare`, `keymap`, `monitor`, `panes`, `tools`, `widgets`.
It may import `core` and Textual.
"""
