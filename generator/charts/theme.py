"""The visual theme of charts: colours for the light and the dark scheme, the style of each status, and canvas widths.

A chart is drawn with sentinel colours that are then replaced by CSS variables, so that one drawing serves both colour
schemes. Status is shown by fill, hatch and outline, never by hue (WCAG 1.4.1, use of colour).
"""

from __future__ import annotations

from collections.abc import Mapping

from ..records.struct import Struct

CSS_PREFIX = "--fl-"  # of CSS variables
FONTS = "-apple-system,'Segoe UI',Roboto,'Helvetica Neue',Arial,system-ui,sans-serif"  # for files that stand alone


class ThemeColour(Struct, frozen=True, kw_only=True):
    """A colour of the theme in the light and the dark scheme, as #rrggbb."""

    sentinel: str  # what stands for it until the CSS variable is written
    light: str
    dark: str


_SCHEMES = {
    "ink": ("#1b2025", "#e7eaec"),
    "muted": ("#555f68", "#a6b0b9"),
    "grid": ("#d9d8d3", "#353d45"),
    "paper": ("#fdfcfa", "#14181c"),
    "dark": ("#0d1114", "#0d1114"),
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
    "s1": ("#e1edf8", "#1d2d3c"),
    "s2": ("#b9d5ed", "#264764"),
    "s3": ("#86b5df", "#33648f"),
    "s4": ("#2f74b0", "#5f9dd6"),
    "s5": ("#0b4d88", "#a3cff7"),
}
COLOURS: Mapping[str, ThemeColour] = {
    name: ThemeColour(sentinel=f"#fe{number:02x}0d", light=light, dark=dark)
    for number, (name, (light, dark)) in enumerate(_SCHEMES.items(), start=1)
}
# The fragment of an SVG file's address with which its ground is white on light screens and on paper, like the print edition's.
WHITE_PAPER = "white"
WHITE = "#fff"
# CSS system colours for forced-colors mode, where shapes, hatches, outlines and words have to suffice.
FORCED_COLOURS: Mapping[str, str] = {
    name: "Canvas"
    if name in ("paper", "dark", "s1", "s2", "s3") or name.endswith("-soft")
    else "GrayText"
    if name == "grid"
    else "CanvasText"
    for name in COLOURS
} | {"c1": "LinkText"}
COLOUR_BY_SENTINEL: Mapping[str, str] = {colour.sentinel: name for name, colour in COLOURS.items()}
STEP_COLOURS = ("s1", "s2", "s3", "s4", "s5")  # of a sequential scale, from little to much
SERIES_COLOURS = ("c1", "c5", "c4", "c3", "c2")  # in an order that any colour vision tells apart; that of claims is the last
CONTEXT_COLOUR = "c6"  # for marks beside emphasised ones


class StatusStyle(Struct, frozen=True, kw_only=True):
    """How marks of a status are drawn: fully coloured or pale, hatched, with a dashed outline; and their point symbol.

    What has happened is filled, what is planned is hatched, what is estimated or in dispute is pale inside an outline.
    """

    solid: bool = False
    hatch: str = ""
    dashes: tuple[float, ...] = ()
    symbol: str = "circle"


CLAIMED = "claimed"
CLAIMED_COLOUR = "c2"  # of what is claimed, in every chart the same
_HAPPENED, _PLANNED = StatusStyle(solid=True), StatusStyle(hatch="//", symbol="diamond")
STATUS_STYLES: Mapping[str, StatusStyle] = {
    "observed": _HAPPENED,
    "reported": _HAPPENED,
    "announced": _PLANNED,
    "forecast": _PLANNED,
    "estimated": StatusStyle(symbol="square"),
    "disputed": StatusStyle(dashes=(4, 2), symbol="square"),
    CLAIMED: StatusStyle(dashes=(2, 2), symbol="circle"),
}


def status_style(status: str) -> StatusStyle:
    """The style of a status; an unknown one is drawn as reported, so that it does not pass for observed."""
    return STATUS_STYLES.get(status, STATUS_STYLES["reported"])


class Canvas(Struct, frozen=True, kw_only=True):
    """A width to draw for, with its font sizes, in CSS pixels.

    A page may scale the picture down a little; the font sizes leave room for that.
    """

    name: str
    width: float
    text_size: float
    small_size: float

    @property
    def narrow(self) -> bool:
        """Whether labels are placed above marks instead of beside them."""
        return self.name == "narrow"

    @property
    def line_height(self) -> float:
        """Distance between baselines of text."""
        return round(self.text_size * 1.32, 1)


CANVASES: Mapping[str, Canvas] = {
    "wide": Canvas(name="wide", width=720, text_size=14, small_size=13),
    "narrow": Canvas(name="narrow", width=340, text_size=13, small_size=12),
}
