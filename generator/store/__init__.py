"""What is kept between builds, found by a fingerprint of everything it was made from.

Doors:
    cache: pickled values by key, and files replaced as a whole
    blobs: many small values in few files
    parse_cache: what was read of a file, by its content
    inputs: the hash of every input file and of the code that builds
    fingerprints: which parts of an edition something was made from
"""

__all__ = ["blobs", "cache", "fingerprints", "inputs", "parse_cache"]
