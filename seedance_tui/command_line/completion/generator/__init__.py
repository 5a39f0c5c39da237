"""The completion scripts, generated from the parsers of the commands.

`python -m seedance_tui.command_line.completion.generator` writes them anew. Door: `scripts`.
It may import `command_line`, `core`.
"""
