"""A YAML text as plain data, with the place of each value in it. Knows YAML, and nothing of packs.

Nothing is ever built from a tag: the text is read as events, and only mappings, lists, texts, true/false and null come
out. Aliases are refused, so a small file cannot unfold into a large one.
"""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from typing import Any, Final, NamedTuple

import yaml
from yaml.resolver import Resolver

MAX_DEPTH: Final = 12
"""Levels of nesting; a pack has five."""

# libyaml's parser is some twenty times as fast; PyYAML built without it has only the Python one.
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_NULL, _TRUE = "null", frozenset({"yes", "true", "on"})

DataPath = tuple[str | int, ...]
"""Keys and list indexes (from 0) from the root of a document to a value; () is the root."""


class Place(NamedTuple):
    """A position in a text; both count from 1."""

    line: int
    column: int


class Fault(NamedTuple):
    """Something wrong with the YAML itself. ``place`` None: the text as a whole."""

    path: DataPath
    message: str
    place: Place | None


@dataclass(frozen=True, slots=True)
class Odd:
    """A scalar that YAML reads as neither text, nor true/false, nor null; ``kind`` is YAML's word, such as ``int``."""

    kind: str


@dataclass(slots=True)
class Document:
    """What a YAML text holds.

    ``data`` is made of dict, list, str, bool, None and `Odd`. ``keys`` and ``values`` give places by path; the root
    and list items have no key. What ``refused`` names are aliases: reported in ``faults``, None in ``data``.
    """

    data: object = None
    keys: dict[DataPath, Place] = field(default_factory=dict)
    values: dict[DataPath, Place] = field(default_factory=dict)
    faults: list[Fault] = field(default_factory=list)
    refused: set[DataPath] = field(default_factory=set)
    readable: bool = True
    """False: reading stopped at the last fault and ``data`` is None."""

    def place(self, path: DataPath) -> Place | None:
        """Place of the key at ``path``, else of its value, else that of the nearest thing around it."""
        for length in range(len(path), -1, -1):
            found = self.keys.get(path[:length]) or self.values.get(path[:length])
            if found is not None:
                return found
        return None


class _StopError(Exception):
    """Nothing sensible can be read beyond this fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.message)
        self.fault = fault


def read_document(text: str, values_max: int | None = None) -> Document:
    """Data and places of one YAML text. Never raises for what the text holds: see ``faults`` and ``readable``.

    Reading stops at more than ``values_max`` values; None: it does not.
    """
    document = Document()
    try:
        _refuse_control_characters(text)
        document.data = _Reading(text, document, values_max).root()
    except _StopError as stop:
        document.faults.append(stop.fault)
    except yaml.YAMLError as error:
        document.faults.append(_syntax_fault(error))
    else:
        return document
    document.data, document.readable = None, False
    return document


def sound_data(text: str) -> object | None:
    """The data alone of a text with nothing wrong in it, for less than half of the work; None: `read_document` tells.

    Also None for a text with an `Odd` value, which no pack may hold.
    """
    try:
        _refuse_control_characters(text)
        return _SoundReading(text).root()
    except (_UnsoundError, _StopError, yaml.YAMLError):
        return None


def _refuse_control_characters(text: str) -> None:
    # YAML refuses them too, but its C parser cannot say where they are.
    for number, line in enumerate(text.split("\n"), 1):
        if not line.isprintable():
            for column, char in enumerate(line.removesuffix("\r"), 1):
                if (char < " " and char != "\t") or "\x7f" <= char <= "\x9f":
                    message = f"holds the control character U+{ord(char):04X}"
                    raise _StopError(Fault((), message, Place(number, column)))


def _syntax_fault(error: yaml.YAMLError) -> Fault:
    mark = getattr(error, "problem_mark", None)
    words = [getattr(error, "context", None), getattr(error, "problem", None)]
    said = ", ".join(word for word in words if word)
    message = f"is not valid YAML: {said}" if said else "is not valid YAML"
    return Fault((), message, _place(mark) if mark is not None else None)


def _place(mark: Any) -> Place:
    return Place(mark.line + 1, mark.column + 1)


def _scalar_value(resolver: Any, event: Any) -> object:
    tag = resolver.resolve(yaml.ScalarNode, event.value, event.implicit)
    kind = str(tag).rpartition(":")[2]
    if kind == "str":
        return str(event.value)
    if kind == "bool":
        return event.value.lower() in _TRUE
    return None if kind == _NULL else Odd(kind)


class _Pass:
    """One pass over the events of a text. How values are read is left to two kinds, of which one is made for speed."""

    def __init__(self, text: str) -> None:
        self._resolver: Any = Resolver()  # PyYAML's stubs leave this and the events untyped
        self._events: Iterator[Any] = yaml.parse(text, Loader=_LOADER)

    def _only(self, value: Callable[[Any], object]) -> object:
        """What ``value`` makes of the one document, None without any; raises `_StopError` where there is a second."""
        data: object = None
        documents = 0
        for event in self._events:
            if isinstance(event, yaml.DocumentStartEvent):
                documents += 1
                if documents > 1:
                    raise _StopError(Fault((), "holds a second YAML document", _place(event.start_mark)))
                data = value(next(self._events))
        return data


class _Reading(_Pass):
    """Reads on over what is wrong as far as there is sense in it, filling a document with places and faults."""

    def __init__(self, text: str, document: Document, values_max: int | None) -> None:
        super().__init__(text)
        self._document = document
        self._values_max = values_max

    def root(self) -> object:
        """The data of the one document in the text; raises `_StopError` where there is none, or more than one."""
        data = self._only(lambda event: self._value(event, ()))
        if data is None and not self._document.refused:
            raise _StopError(Fault((), "is empty", None))
        return data

    def _value(self, event: Any, path: DataPath) -> object:
        place = _place(event.start_mark)
        self._document.values[path] = place
        self._refuse_more(place)
        if len(path) > MAX_DEPTH:
            raise _StopError(Fault((), "is nested too deeply", place))
        if isinstance(event, yaml.AliasEvent):
            self._document.refused.add(path)
            message = f"refers to *{event.anchor}: write the text out, aliases are not allowed"
            self._document.faults.append(Fault(path, message, place))
            return None
        if event.tag is not None:
            message = f"has the tag {event.tag}: tags are not allowed"
            self._document.faults.append(Fault(path, message, place))
        if isinstance(event, yaml.MappingStartEvent):
            return self._mapping(path)
        if isinstance(event, yaml.SequenceStartEvent):
            return self._sequence(path)
        return _scalar_value(self._resolver, event)

    def _mapping(self, path: DataPath) -> dict[str, object]:
        found: dict[str, object] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            place = _place(event.start_mark)
            if not isinstance(event, yaml.ScalarEvent):
                raise _StopError(Fault(path, "has a field name that is not a plain word", place))
            here = (*path, event.value)
            if event.value in found:
                message = f"is given twice, first in line {self._document.keys[here].line}"
                self._document.faults.append(Fault(here, message, place))
                self._refuse_more(place)
                self._skip()
                continue
            self._document.keys[here] = place
            found[event.value] = self._value(next(self._events), here)
        return found

    def _sequence(self, path: DataPath) -> list[object]:
        found: list[object] = []
        while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
            found.append(self._value(event, (*path, len(found))))
        return found

    def _refuse_more(self, place: Place) -> None:
        most = self._values_max
        if most is not None and len(self._document.values) + len(self._document.faults) > most:
            raise _StopError(Fault((), f"holds too much: more than {most} values", place))

    def _skip(self) -> None:
        depth = 0
        for event in self._events:
            depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
            if depth == 0:
                return


class _UnsoundError(Exception):
    """Something is wrong, whatever it is."""


class _SoundReading(_Pass):
    """Stops at anything wrong, and so needs to know no places: a start reads all packs in this way."""

    def root(self) -> object:
        data = self._only(lambda event: self._value(event, 0))
        if data is None:
            raise _UnsoundError
        return data

    def _value(self, event: Any, depth: int) -> object:
        if depth > MAX_DEPTH or isinstance(event, yaml.AliasEvent) or event.tag is not None:
            raise _UnsoundError
        if isinstance(event, yaml.ScalarEvent):
            return self._scalar(event)
        if isinstance(event, yaml.SequenceStartEvent):
            items: list[object] = []
            while not isinstance(event := next(self._events), yaml.SequenceEndEvent):
                items.append(self._value(event, depth + 1))
            return items
        fields: dict[str, object] = {}
        while not isinstance(event := next(self._events), yaml.MappingEndEvent):
            if not isinstance(event, yaml.ScalarEvent) or event.value in fields:
                raise _UnsoundError
            fields[event.value] = self._value(next(self._events), depth + 1)
        return fields

    def _scalar(self, event: Any) -> object:
        if not event.implicit[0]:  # in quotes or a block, and so text
            return event.value
        found = _scalar_value(self._resolver, event)
        if isinstance(found, Odd):
            raise _UnsoundError
        return found
