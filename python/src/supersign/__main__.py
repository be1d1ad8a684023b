"""``supersign`` on the command line: as ``npx supersign``, by the Node that is here."""

from __future__ import annotations

import subprocess
import sys

from ._engine import EngineError, command


def main() -> int:
    """Run the command line; gives its exit code."""
    try:
        return subprocess.run(command(sys.argv[1:])).returncode
    except EngineError as error:
        print(error, file=sys.stderr)
        return 4
    except KeyboardInterrupt:
        return 5


if __name__ == "__main__":
    sys.exit(main())
