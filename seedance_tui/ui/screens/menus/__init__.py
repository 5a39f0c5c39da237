"""Menus that offer a choice by one key: copy, download, sort, auto-save, quit.

Doors: one module a menu.
It may import `widgets`, `drawing`, `keys`, `messages`.
"""
