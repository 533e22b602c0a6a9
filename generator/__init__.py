"""Factloom: sourced facts in YAML become a report in every language it is written in."""

__version__ = "0.1.0"
