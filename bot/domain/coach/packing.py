"""Finding names in sorted arrays of their checksums, because dicts of all learned weights would fill the memory."""

from array import array
from bisect import bisect_left
from zlib import crc32


def code(name: str) -> int:
    """The checksum by which a name is found."""
    return crc32(name.encode())


def place(codes: "array[int]", name: str) -> int:
    """Where a name stands among sorted checksums, or -1."""
    wanted = code(name)
    at = bisect_left(codes, wanted)
    return at if at < len(codes) and codes[at] == wanted else -1
