"""A project becomes a site: what is out of date is made again, and the site is published as a whole.

Modules for other rooms:
    folders: the folders of a project that are written
    plan: what to build, and whether anything changed
    background: a function in a process of its own
    freezing: a dated edition, made of a project's state
    pipeline: build_site, step by step
    live_site: the site while it is edited, made piece by piece
    site_state: what of it can be seen
    errors: why a site cannot be published
    engine_cache: pages that the engine built
"""

__all__ = ["background", "engine_cache", "errors", "folders", "freezing", "live_site", "pipeline", "plan", "site_state"]
