"""Text for users: translation, sanitizing of outside text, units of time and size.

Doors: `i18n`, `sanitize`, `units`.
It imports the standard library only.
"""
