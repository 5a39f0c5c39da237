"""Completion in a shell: scripts for bash, zsh and fish, and the words that they ask for.

Doors: `shipped`, `watched_words`; `generator` makes what is shipped.
It may import `command_line`, `core`.
"""
