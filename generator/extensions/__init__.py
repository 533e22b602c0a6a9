"""Finds what other installed packages add to the generator: marks, outputs and rules, as entry points.

Modules for other rooms:
    registry: the extensions of one group by name, loaded when they are used, and findings about those that cannot be used
"""

__all__ = ["registry"]
