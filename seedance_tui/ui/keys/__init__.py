"""Which key does what: the keymap, the names of keys, the keys of the monitor.

Doors: `action`, `compare`, `keymap`, `monitor`, `panes`, `widgets`.
It may import `core` and Textual.
"""
