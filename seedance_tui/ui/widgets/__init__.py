"""The regions of the screen. A widget knows its attributes and its messages, nothing else."""
