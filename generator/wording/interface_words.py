"""Keys of the words that shape values and dates."""

from __future__ import annotations

# How a language writes numbers and dates, where CLDR does not say.
PATTERN_KEYS = (
    "value.about",
    "value.at_least",
    "value.at_most",
    "value.more_than",
    "value.less_than",
    "value.range",
    "value.range_shares",
    "value.compact_from",
    "value.compact_fraction",
    "value.unit_space",
    "growth.up",
    "growth.down",
    "growth.flat",
    "period.year",
    "period.fiscal_year",
    "period.half1",
    "period.half2",
    "period.quarter1",
    "period.quarter2",
    "period.quarter3",
    "period.quarter4",
    "period.span",
)
# Patterns that a language may have besides, and how many parts each has; where one is missing, those above stand in.
OPTIONAL_PATTERN_KEYS = {
    "period.business_year": 1,
    **{f"period.fiscal_quarter{part}": 1 for part in range(1, 5)},
    **{f"period.fiscal_half{part}": 1 for part in (1, 2)},
    "period.week": 2,
    "period.decade": 1,
    **{f"period.in.{form}": 1 for form in ("day", "month", "year", "half1", "half2", "fiscal_year", "business_year", "decade")},
    **{f"period.in.quarter{part}": 1 for part in range(1, 5)},
    **{f"period.in.fiscal_quarter{part}": 1 for part in range(1, 5)},
    **{f"period.in.fiscal_half{part}": 1 for part in (1, 2)},
    "period.in.span": 2,
    "period.in.week": 2,
    **{f"value.about_{bound}": 1 for bound in ("at_least", "at_most", "more_than", "less_than")},
    "value.range_signed": 2,
    "value.after_scale": 1,
    "value.after_scale_elided": 1,
    "value.after_scale_elides": 0,
    "growth.between": 2,
    "growth.flat_about": 0,
    "growth.flat_or_up": 0,
    "growth.flat_or_down": 0,
    **{
        f"growth.{way}_{bound}": 1
        for way in ("up", "down")
        for bound in ("about", "at_least", "at_most", "more_than", "less_than")
    },
}
