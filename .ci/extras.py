"""Prints the requirements of the extras named on the command line, as pyproject.toml declares them."""

import sys
import tomllib
from pathlib import Path

extras = tomllib.loads(Path("pyproject.toml").read_text())["project"]["optional-dependencies"]
for name in sys.argv[1].split(","):
    if name not in extras:
        sys.exit(f"no extra named {name!r}; there are: {', '.join(extras)}")
    print(*extras[name], sep="\n")
