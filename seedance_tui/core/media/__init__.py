"""What a saved video file says of itself.

Door: `facts`.
It imports the standard library only.
"""
