"""The shapes of a drawn chart by kind, and charts of the flagship as they are laid out."""

from __future__ import annotations

from sample_reports import flagship_texts

from generator.charts.layout import lay_out
from generator.charts.scene import Bounds, Label, Patch, Scene
from generator.wording.texts import Texts


def of_flagship(name: str, texts: Texts, width: str) -> tuple[Scene, Texts]:
    """A chart of the flagship in the language of some texts, and the flagship's texts in it."""
    texts = next(other for other in flagship_texts() if other.language.code == texts.language.code)
    return lay_out(texts.edition.charts[name], texts.edition, texts, width=width), texts


def labels_of(scene: Scene) -> list[Label]:
    """The texts of a scene, in the order in which they are drawn."""
    return [shape for shape in scene.shapes if isinstance(shape, Label)]


def patches_of(scene: Scene) -> list[Patch]:
    """The paths of a scene, in the order in which they are drawn."""
    return [shape for shape in scene.shapes if isinstance(shape, Patch)]


def box(patch: Patch) -> Bounds:
    """What a path takes: left, top, right and bottom in pixels."""
    xs, ys = zip(*patch.points, strict=True)
    return min(xs), min(ys), max(xs), max(ys)
