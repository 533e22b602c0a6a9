"""What readers take away and machines read, made from an edition.

Doors:
    api: JSON for each fact
    feeds: Atom and JSON Feed
    data_package: the Data Package and its zip
    embeds: charts for frames on other sites
    search: the search index
    images: charts and cards as PNG
    print_edition: the whole report as one page
"""

__all__ = ["api", "data_package", "embeds", "feeds", "images", "print_edition", "search"]
