"""Why a site cannot be published: findings raised as one exception."""

from __future__ import annotations

from collections.abc import Sequence

from ..diagnostics.finding import Diagnostic, DiagnosticError, Span
from ..engines.processes import EngineResult
from .plan import BuildOptions, Progress


class BuildError(Exception):
    """The report cannot be published; the findings say why."""

    def __init__(self, findings: Sequence[Diagnostic]) -> None:
        """Carry the findings."""
        super().__init__("; ".join(finding.sentence() for finding in findings))
        self.findings = tuple(findings)


def has_errors(findings: Sequence[Diagnostic]) -> bool:
    """Whether something keeps the report from being published."""
    return any(finding.severity == "error" for finding in findings)


def raise_mistakes(mistakes: Sequence[DiagnosticError]) -> None:
    """BuildError where there are any."""
    if mistakes:
        raise BuildError([mistake.diagnostic for mistake in mistakes])


def require_engine(options: BuildOptions) -> None:
    """BuildError where the engine that the build needs is not installed."""
    if not (options.render_only or options.engine.installed):
        raise BuildError([missing_extra(options.engine.name, options.engine.package)])


def missing_extra(name: str, package: str) -> Diagnostic:
    """Something is not installed; `package` is what to install for it."""
    return Diagnostic(rule="missing-extra", span=Span("mkdocs.yml"), args={"name": name, "package": package})


def raise_engine_errors(results: Sequence[EngineResult], progress: Progress) -> None:
    """BuildError where the engine could not build something; all that it printed goes to `progress`."""
    findings = []
    for result in results:
        if not result.ok:
            progress(result.output)
            why = result.warnings[0] if result.warnings else "the engine stopped"
            args = {"language": result.code, "why": why}
            findings.append(Diagnostic(rule="engine-failed", span=Span("mkdocs.yml"), args=args))
    if findings:
        raise BuildError(findings)
