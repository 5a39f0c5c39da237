"""The screens: the monitor itself, and what opens over it."""
