"""Code lists: the codes that fields of facts, claims, risks and relations may hold, in the order they are listed to readers."""

STATUSES = ("observed", "reported", "announced", "estimated", "forecast", "disputed")
# What publishers say of single values of a table, after the code list CL_OBS_STATUS of SDMX.
OBSERVATIONS = (
    "provisional",
    "estimated",
    "forecast",
    "revised",
    "break",
    "imputed",
    "unreliable",
    "confidential",
    "not_significant",
    "not_applicable",
    "definition_differs",
)
ESTIMATES = ("first", "last")  # of the vintages of a value
VERDICTS = ("confirmed", "corrected", "misleading", "contradicted", "outdated", "unverified", "opinion")
BASES = ("official", "secondary", "document")
STANCES = ("officially_stated", "planned", "reported", "claimed", "forecast", "opinion")
REVIEWS = ("durable", "semi_durable", "volatile")
READ_LEVELS = ("full", "excerpt", "unverified")
LEVELS = ("low", "medium", "high")
DIRECTIONS = ("rising", "steady", "easing")
RELATIONS = ("holds", "tension", "contradicts", "rounding", "not_comparable")
RESOLUTIONS = ("open", "borne_out", "missed")
CHANGES = ("update", "revision", "correction")
CITATIONS = ("txt", "bib", "json", "ris", "cff")  # forms in which the report or a fact can be cited
# What a site may have besides its pages.
FACT_PAGES = "fact_pages"
OUTPUTS = (FACT_PAGES, "package", "workbook", "api", "citations", "feeds", "markdown", "embeds", "pictures", "print")
OUTPUTS_OF_EDITIONS = (FACT_PAGES, "package")  # what dated editions have of them
RETIRED_KINDS = (  # what has an address of its own, or a place on a page, and can be retired
    "facts",
    "claims",
    "events",
    "sources",
    "series",
    "charts",
    "terms",
    "judgments",
    "risks",
    "checks",
    "pages",
)
