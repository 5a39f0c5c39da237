"""Watch Seedance 2.0 video tasks of the Anyfast API in a terminal."""

__version__ = "0.1.0"
