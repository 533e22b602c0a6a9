"""How charts look: inks that follow the page's scheme, the look of each status, and the two formats of a page.

A chart is drawn with sentinel colours; the inks replace them by CSS variables, so that one drawing serves the light
and the dark scheme. Status is told by fill, hatch and outline, never by hue.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

PREFIX = "--fl-"
FONTS = "-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,system-ui,sans-serif"  # where no page brings its own


@dataclass(frozen=True, slots=True, kw_only=True)
class ThemeColour:
    """One colour of the theme, with what it is where no theme speaks."""

    sentinel: str  # the colour that stands for it while drawing
    light: str
    dark: str


_SCHEMES = {
    "ink": ("#1b2025", "#e7eaec"),
    "muted": ("#555f68", "#a6b0b9"),
    "grid": ("#d9d8d3", "#353d45"),
    "paper": ("#fdfcfa", "#14181c"),
    "c1": ("#0b62a8", "#6db3f2"),
    "c2": ("#bf4708", "#f0894d"),
    "c3": ("#009169", "#4fdcb1"),
    "c4": ("#8c3183", "#df78cb"),
    "c5": ("#b18a00", "#ecd462"),
    "c6": ("#5b6770", "#9aa5ae"),
    "c1-soft": ("#cfe2f3", "#1f3d59"),
    "c2-soft": ("#f7dbc9", "#57321a"),
    "c3-soft": ("#c8e7dd", "#16463a"),
    "c4-soft": ("#edd5e8", "#4e2f47"),
    "c5-soft": ("#ece2bd", "#4a3f14"),
    "c6-soft": ("#dfe3e6", "#363f46"),
}
COLOURS: Mapping[str, ThemeColour] = {
    name: ThemeColour(sentinel=f"#fe{number:02x}0d", light=light, dark=dark)
    for number, (name, (light, dark)) in enumerate(_SCHEMES.items(), start=1)
}
# Where the reader's system dictates the colours: shapes, hatches, outlines and words carry everything.
FORCED_COLOURS: Mapping[str, str] = {
    name: "Canvas" if name == "paper" or name.endswith("-soft") else "GrayText" if name == "grid" else "CanvasText"
    for name in COLOURS
} | {"c1": "LinkText"}
COLOUR_BY_SENTINEL: Mapping[str, str] = {colour.sentinel: name for name, colour in COLOURS.items()}
SERIES_COLOURS = ("c1", "c2", "c3", "c4", "c5")
CONTEXT_COLOUR = "c6"  # what stands beside the emphasised


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusStyle:
    """How a status is drawn: full or pale, hatched, with a dashed outline; and the form of its dot."""

    solid: bool = False
    hatch: str = ""
    dashes: tuple[float, ...] = ()
    symbol: str = "circle"


CLAIMED = "claimed"
STATUS_STYLES: Mapping[str, StatusStyle] = {
    "observed": StatusStyle(solid=True),
    "reported": StatusStyle(),
    "announced": StatusStyle(hatch="//", symbol="diamond"),
    "forecast": StatusStyle(hatch="//", dashes=(4, 2), symbol="diamond"),
    "estimated": StatusStyle(hatch="\\\\", symbol="square"),
    "disputed": StatusStyle(hatch="xx", symbol="square"),
    CLAIMED: StatusStyle(dashes=(2, 2), symbol="square"),
}


def status_style(status: str) -> StatusStyle:
    """The look of a status; what has none is drawn as reported, so that it is never taken for observed."""
    return STATUS_STYLES.get(status, STATUS_STYLES["reported"])


@dataclass(frozen=True, slots=True, kw_only=True)
class Canvas:
    """A width to draw for, in CSS pixels, with its text sizes.

    A page may show a format a little smaller than drawn; the sizes leave room for that.
    """

    name: str
    width: float
    text_size: float
    small_size: float

    @property
    def narrow(self) -> bool:
        """Whether labels go above their marks instead of beside them."""
        return self.name == "narrow"

    @property
    def line_height(self) -> float:
        """Distance between baselines of ordinary text."""
        return round(self.text_size * 1.32, 1)


CANVASES: Mapping[str, Canvas] = {
    "wide": Canvas(name="wide", width=720, text_size=14, small_size=13),
    "narrow": Canvas(name="narrow", width=340, text_size=13, small_size=12),
}
