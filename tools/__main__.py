"""The shell's face of the toolbox: `python -m tools NAME < args.jsonl > results.jsonl`."""

from __future__ import annotations

import sys

from tools._batch import main

sys.exit(main(sys.argv[1:]))
