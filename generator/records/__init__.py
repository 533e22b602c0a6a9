"""What every record is: a value with named fields.

Modules for other rooms:
    struct: the base class of records, their fields, and copies of them with other values
"""

__all__ = ["struct"]
