"""What comes with the package for every report: a project's own file of the same name is used in its place.

Its public modules:
    files: the parts, theme templates, styles and scripts, by the path that a project's own would have
"""

__all__ = ["files"]
