"""Tells a person who looks elsewhere: bell, desktop notification, title of the window."""
