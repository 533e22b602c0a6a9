"""What comes with the package for every report: a project's own file of the same name is used in its place.

words/<code>.yml hold the words of a language, words/meanings.yml what each is for, units.yml the units;
a project's own words and units go before them.

Its public modules:
    copies: a project's own versions of them, and what they were copied from
    files: the parts, theme templates, styles and scripts, by the path that a project's own would have
"""

__all__ = ["copies", "files"]
