"""The program that `./bench` runs; everything is in `command`."""

import sys
from pathlib import Path

if __name__ == "__main__":
    sys.path[0] = str(Path(__file__).resolve().parents[2])
    from tests.bench.command import main

    main()
