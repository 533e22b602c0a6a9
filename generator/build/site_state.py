"""The files that the preview server can give at a moment, and whether these are all."""

from __future__ import annotations

from collections.abc import Mapping

from ..records.struct import Struct, field, replace
from .publish import SiteFile


class SiteState(Struct, frozen=True):
    """The files of a site by path that can be made now, and whether these are all."""

    site_url: str = ""
    files: Mapping[str, SiteFile] = field(default_factory=dict)
    outputs: Mapping[str, SiteFile] = field(default_factory=dict)  # rarely looked at by an editor; listed when first needed
    assets: str = ""  # a fingerprint of the project's own files, which every page loads
    complete: bool = False

    def file(self, path: str) -> SiteFile | None:
        """A file of the site."""
        return self.files.get(path) or self.outputs.get(path)

    def version(self, path: str) -> str | None:
        """A text that changes whenever a reader of a file would see something else.

        It is empty where there is no such file, and None where that is not known yet.
        """
        file = self.file(path)
        if file is None:
            return "" if self.complete else None
        return f"{file.fingerprint}-{self.assets}" if path.endswith(".html") else file.fingerprint

    def only_made(self, contents: Mapping[str, tuple[str, bytes]]) -> SiteState:
        """The same state with only those files of which fingerprint and content are given: others can no longer be made."""
        made = {path: fingerprint for path, (fingerprint, _) in contents.items()}
        files, outputs = (
            {path: file for path, file in part.items() if made.get(path) == file.fingerprint}
            for part in (self.files, self.outputs)
        )
        return replace(self, files=files, outputs=outputs, complete=False)

    def fingerprints(self) -> dict[str, str]:
        """The fingerprint of every file by its path."""
        return {path: file.fingerprint for part in (self.files, self.outputs) for path, file in part.items()}
