"""What settling gives: an Edition, and findings about what it was settled from."""

from __future__ import annotations

from ..diagnostics.finding import Diagnostic
from ..model.report import Edition
from ..records.struct import Struct


class Settled(Struct, frozen=True):
    """An Edition and the findings about it. It is complete where no finding is an error; None where the report has no title."""

    edition: Edition | None
    findings: tuple[Diagnostic, ...]
