"""python -m tests.wire_gold ARTICLES.jsonl FOLDER: writes the gold sets, for `fieldledger evaluate` and the fits."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.wire_gold import write_sets


def main(arguments: list[str]) -> None:
    """Write the sets and name their folders."""
    if len(arguments) != 2:
        raise SystemExit(__doc__)
    for folder in write_sets(Path(arguments[0]), Path(arguments[1])):
        print(folder)


if __name__ == "__main__":
    main(sys.argv[1:])
