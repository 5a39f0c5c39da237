"""Decide and remember: the watch list, the store, the pace, the settings. No screen, no HTTP."""
