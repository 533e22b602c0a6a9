"""Engine process of ProperDocs, which goes on with MkDocs 1: the process of MkDocs, with ProperDocs in its place.

Importing `properdocs.replacement` makes every later import of a module of MkDocs one of the same module of ProperDocs, also in
themes and plugins (https://properdocs.org/).
"""

from __future__ import annotations

import properdocs.replacement  # noqa: F401  before anything imports MkDocs

from .mkdocs_worker import main

if __name__ == "__main__":
    main()
