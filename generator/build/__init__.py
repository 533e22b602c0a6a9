"""A project becomes a published site: which artifacts are out of date, who makes them, how the site is swapped in.

Doors:
    pipeline: build_site, step by step
    plan: what to build, and whether anything changed
    artifacts: artifacts and the executors that make them
    site: pages and charts as artifacts
    manifest: every file of the site and what it is made of
    outputs: what a site has besides its pages
    publish: the site staged and swapped in
    engine_cache: which pages the engine has to build
    image_jobs: PNG pictures
"""

__all__ = ["artifacts", "engine_cache", "image_jobs", "manifest", "outputs", "pipeline", "plan", "publish", "site"]
