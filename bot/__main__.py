"""The program: `python -m bot run | ask | doctor`."""

from __future__ import annotations

import sys

from bot.cli import main

# Worker processes import this module again; only the program itself goes on from here.
if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
