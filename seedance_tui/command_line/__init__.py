"""What the commands share: parsing, printing, exit statuses, sessions without a screen.

Door: `run`.
It may import `core`, `api`.
"""
