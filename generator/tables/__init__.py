"""Tables as statistics offices, filings and newsrooms publish them become rows of cells in the notation of this project.

Modules for other rooms:
    encodings: bytes as text: recognised where certain, else refused with the command that converts them
"""

__all__ = ["encodings"]
