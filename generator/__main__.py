"""`python -m generator` is the command `factloom`.

`-m` puts the folder that Python was started in before all others, the standard library's included. That folder may be a project
of somebody else, and what stands there is no module: so it is taken out, and the one that holds this package comes last.
"""

import sys
from pathlib import Path

if not sys.flags.safe_path:
    del sys.path[0]
if (_here := str(Path(__file__).parent.parent)) not in sys.path:
    sys.path.append(_here)

from .commands import run

if __name__ == "__main__":
    run()
