"""Dialogs that ask for text or show a page: add, edit, search, link, help, palette.

Doors: one module a dialog.
It may import `widgets`, `drawing`, `keys`, `messages`.
"""
