"""What is kept between builds, found by hashes of what it was made from; knows nothing of a report.

Modules for other rooms:
    cache: bytes and objects by key in a folder, and files that are replaced atomically
    delta_mappings: large mappings of which little changes
    blobs: many small objects in few files
    parse_cache: what was parsed of a file, by the hash of its content
    input_paths: which files of a project are inputs, and which entries must not be read
    inputs: the hash of every input file
    code_fingerprint: the hash of the code that builds
    known_inputs: the same, where only files that were written to are read again
    generated_folders: links that somebody else put among the generated folders
    project_lock: one process at a time writes to the generated folders of a project
    hashing: short hashes of bytes and texts
    objects: a part of a kept object that is restored only when asked for
    signing: signatures on what is kept, made with a key that only this user has
    lazy_mapping: a mapping whose entries are loaded file by file
"""

__all__ = [
    "blobs",
    "cache",
    "code_fingerprint",
    "delta_mappings",
    "generated_folders",
    "hashing",
    "input_paths",
    "inputs",
    "known_inputs",
    "lazy_mapping",
    "objects",
    "parse_cache",
    "project_lock",
    "signing",
]
