"""Readings <-> JSON, by the types of their fields. Total for values that `read` makes; raises ValueError for what it does not know."""

from __future__ import annotations

import dataclasses
import json
import types
import typing
from datetime import date, datetime
from enum import Enum
from functools import lru_cache
from typing import Any, TypeVar

T = TypeVar("T")


def dumps(value: Any) -> str:
    """A dataclass as compact JSON; fields at their defaults are left out."""
    return json.dumps(plain(value), ensure_ascii=False, separators=(",", ":"))


def loads(kind: type[T], text: str) -> T:
    """The dataclass again. Raises ValueError, KeyError or TypeError when the text is of another version."""
    made: T = built(kind, json.loads(text))
    return made


def plain(value: Any) -> Any:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        out = {}
        for field in dataclasses.fields(value):
            item = getattr(value, field.name)
            if field.default is dataclasses.MISSING or item != field.default:
                out[field.name] = plain(item)
        return out
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (tuple, list)):
        return [plain(item) for item in value]
    if isinstance(value, frozenset):
        return sorted(plain(item) for item in value)
    return value


@lru_cache(maxsize=64)
def hints(kind: type) -> dict[str, Any]:
    return typing.get_type_hints(kind)


def built(kind: Any, data: Any) -> Any:
    origin = typing.get_origin(kind)
    if origin in (typing.Union, types.UnionType):
        if data is None:
            return None
        return built(next(a for a in typing.get_args(kind) if a is not type(None)), data)
    if origin is tuple:
        arguments = typing.get_args(kind)
        if len(arguments) == 2 and arguments[1] is Ellipsis:
            return tuple(built(arguments[0], item) for item in data)
        return tuple(built(a, item) for a, item in zip(arguments, data, strict=True))
    if origin is frozenset:
        return frozenset(built(typing.get_args(kind)[0], item) for item in data)
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        if not isinstance(data, dict):
            raise TypeError(f"{kind.__name__} is no object here")
        types_of = hints(kind)
        return kind(**{name: built(types_of[name], item) for name, item in data.items()})
    if isinstance(kind, type) and issubclass(kind, Enum):
        return kind(data)
    if kind is datetime:
        return datetime.fromisoformat(data)
    if kind is date:
        return date.fromisoformat(data)
    return data
