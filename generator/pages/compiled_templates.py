"""Compiled Jinja templates, kept from one run to the next in files that are signed (see store/signing)."""

from __future__ import annotations

from pathlib import Path

import jinja2
from jinja2.bccache import Bucket

from ..store.cache import Cache
from ..store.code_fingerprint import code_fingerprint
from ..store.hashing import fingerprint


class CompiledTemplates(jinja2.BytecodeCache):
    """The compiled templates of one environment in a folder of their own; what is damaged is compiled again."""

    def __init__(self, folder: Path, *made_of: str) -> None:
        """`made_of` is what a template's code depends on besides its source and this program."""
        self.cache, self.made_of = Cache(folder), fingerprint(code_fingerprint(), *made_of)

    def load_bytecode(self, bucket: Bucket) -> None:
        """Fill in a template's code, if it is known."""
        content = self.cache.load(bucket.key, self.made_of)
        if isinstance(content, bytes):
            bucket.bytecode_from_string(content)

    def dump_bytecode(self, bucket: Bucket) -> None:
        """Keep a template's code."""
        self.cache.save(bucket.key, self.made_of, bucket.bytecode_to_string())
