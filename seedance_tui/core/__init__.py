"""Logic and state: watch list, store, schedule, settings. No screen, no HTTP."""
