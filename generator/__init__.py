"""Factloom: sourced facts in YAML become a report in every language it is written in.

A fact's way through the packages: reading (YAML to a Draft, with places) -> settling (Draft to Edition: references followed,
formulas evaluated) -> rules (findings) -> wording (text of a language) -> pages, charts, exports -> engines (HTML) -> build (a
whole site, swapped in). serve and commands stand above; model, store, markup and diagnostics below.
"""

__version__ = "0.1.0"
