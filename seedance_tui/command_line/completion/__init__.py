"""Completion in a shell: scripts for bash, zsh and fish, and the words that they ask for.

Doors: `scripts`, `watched_words`.
It may import `command_line`, `core`.
"""
