"""Run the program as `python -m seedance_tui`."""

from .cli import main

if __name__ == "__main__":
    main()
