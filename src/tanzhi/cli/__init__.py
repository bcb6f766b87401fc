"""The command line: `tanzhi`. Django is set up only by the commands that need the database.

Exit codes: 0 done; 1 the answer is no (a check failed, an action was refused); 2 wrong usage;
3 a file is missing or malformed; 4 what was asked for is not there; 5 the installation is not ready.
"""

from .main import app, main

__all__ = ["app", "main"]
