"""`dataclass` that costs a tenth to define: the standard library's, without a compiler run for every method.

Python writes and compiles six methods for each frozen dataclass, half a millisecond before 3.13; the first screen needs
a hundred of them, which was an eighth of the start. Here the methods are shared, but for ``__init__``, which is
compiled when the first instance is made. All else is as in `dataclasses`: `fields`, `replace`, `asdict`, pattern
matching, pickling, ``repr``. To the type checker it is the standard library's.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False):
        """As `dataclasses.dataclass`; light if it has slots."""

        def wrap(plain):
            return _light(plain, frozen) if slots else dataclasses.dataclass(plain, frozen=frozen)

        return wrap if cls is None else wrap(cls)


__all__ = ["dataclass"]

_FACTORY = object()


def _light(plain: type, is_frozen: bool) -> type:
    made: Any = dataclasses.dataclass(init=False, repr=False, eq=False, slots=True)(plain)
    own = plain.__dict__
    fields = dataclasses.fields(made)
    names = tuple(field.name for field in fields)
    compared = _getter(tuple(field.name for field in fields if field.compare))
    methods: dict[str, Any] = {
        "__init__": _first_init(made, fields, is_frozen=is_frozen),
        "__repr__": _repr(names),
        "__eq__": _equal(compared),
        "__hash__": _hash(compared) if is_frozen else None,
    }
    if is_frozen:
        methods |= {"__setattr__": _no_change, "__delattr__": _no_change}
        methods |= {"__getstate__": _state(names), "__setstate__": _set_state(made, names)}
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    return made  # type: ignore[no-any-return]  # a class, whatever dataclasses says


def _getter(names: tuple[str, ...]) -> Callable[[Any], Any]:
    """What gives the values of these attributes as a tuple, or the only one's value."""
    return attrgetter(*names) if names else lambda _: ()


def _first_init(made: Any, fields: tuple[dataclasses.Field[Any], ...], *, is_frozen: bool) -> Callable[..., None]:
    """An ``__init__`` that replaces itself by the real one when it is first called."""

    def first(self: Any, *args: Any, **values: Any) -> None:
        init = _init(made, fields, is_frozen=is_frozen)
        made.__init__ = init
        init(self, *args, **values)

    return first


def _init(made: Any, fields: tuple[dataclasses.Field[Any], ...], *, is_frozen: bool) -> Callable[..., None]:
    known: dict[str, Any] = {"_FACTORY": _FACTORY}
    parameters, lines = ["self"], []
    for number, field in enumerate(fields):
        value = field.name
        if field.default is not dataclasses.MISSING:
            known[f"_default{number}"] = field.default
            parameters.append(f"{field.name}=_default{number}")
        elif field.default_factory is not dataclasses.MISSING:
            known[f"_make{number}"] = field.default_factory
            parameters.append(f"{field.name}=_FACTORY")
            value = f"_make{number}() if {field.name} is _FACTORY else {field.name}"
        else:
            parameters.append(field.name)
        if is_frozen:
            known[f"_set{number}"] = made.__dict__[field.name].__set__
            lines.append(f"_set{number}(self, {value})")
        else:
            lines.append(f"self.{field.name} = {value}")
    if hasattr(made, "__post_init__"):
        lines.append("self.__post_init__()")
    source = f"def __init__({', '.join(parameters)}):\n " + "\n ".join(lines or ["pass"])
    exec(source, known)  # noqa: S102 - our own names only, as in dataclasses
    init: Callable[..., None] = known["__init__"]
    init.__qualname__ = f"{made.__qualname__}.__init__"
    return init


def _repr(names: tuple[str, ...]) -> Callable[[Any], str]:
    def told(self: Any) -> str:
        return f"{type(self).__qualname__}({', '.join([f'{name}={getattr(self, name)!r}' for name in names])})"

    return told


def _equal(compared: Callable[[Any], Any]) -> Callable[[Any, object], bool]:
    def equal(self: Any, other: object) -> bool:
        return bool(compared(self) == compared(other)) if other.__class__ is self.__class__ else NotImplemented

    return equal


def _hash(compared: Callable[[Any], Any]) -> Callable[[Any], int]:
    def hashed(self: Any) -> int:
        return hash(compared(self))

    return hashed


def _no_change(self: Any, name: str, *_: object) -> None:
    raise dataclasses.FrozenInstanceError(f"{type(self).__qualname__} does not change: {name}")


def _state(names: tuple[str, ...]) -> Callable[[Any], list[Any]]:
    def state(self: Any) -> list[Any]:
        return [getattr(self, name) for name in names]

    return state


def _set_state(made: Any, names: tuple[str, ...]) -> Callable[[Any, list[Any]], None]:
    setters = [made.__dict__[name].__set__ for name in names]

    def set_state(self: Any, values: list[Any]) -> None:
        for setter, value in zip(setters, values, strict=True):
            setter(self, value)

    return set_state
