"""Classes and patterns that cost a tenth to define: nothing is compiled before it is used.

`dataclass` is the standard library's without a compiler run for every method.

Python writes and compiles six methods for each frozen dataclass, half a millisecond before 3.13; the first screen needs
a hundred of them, which was an eighth of the start. Here the methods are shared, but for ``__init__``, which is
compiled when the first instance is made. All else is as in `dataclasses`: `fields`, `replace`, `asdict`, pattern
matching, pickling, ``repr``. To the type checker it is the standard library's.
"""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Mapping
from inspect import get_annotations
from operator import attrgetter
from typing import TYPE_CHECKING, Any, cast

if TYPE_CHECKING:
    from dataclasses import dataclass
else:

    def dataclass(cls=None, /, *, frozen=False, slots=False):
        """As `dataclasses.dataclass`."""

        def wrap(plain):
            return _light(plain, is_frozen=frozen, has_slots=slots)

        return wrap if cls is None else wrap(cls)


__all__ = ["dataclass", "late_pattern"]


def late_pattern(source: str, flags: int = 0) -> re.Pattern[str]:
    """As `re.compile`, done when the pattern is first used; a mistake in it is found then, too."""
    return cast("re.Pattern[str]", _LatePattern(source, flags))


class _LatePattern:
    def __init__(self, source: str, flags: int) -> None:
        self._source = source
        self._flags = flags

    def __getattr__(self, name: str) -> Any:
        """What a pattern has; asked for once, then it is an attribute."""
        value = getattr(re.compile(self._source, self._flags), name)
        setattr(self, name, value)
        return value


_FACTORY = object()


_UNUSUAL = ("ClassVar", "InitVar", "KW_ONLY")


def _light(plain: Any, *, is_frozen: bool, has_slots: bool) -> type:
    own = dict(plain.__dict__)
    if has_slots and _is_plain(plain):
        made = _slotted(plain)
    else:
        made = dataclasses.dataclass(init=False, repr=False, eq=False, slots=has_slots)(plain)
    names, compared = _names(made, own)
    methods: dict[str, Any] = {
        "__init__": _first_init(made, is_frozen=is_frozen, has_slots=has_slots),
        "__repr__": _repr(names),
        "__eq__": _equal(_getter(compared)),
        "__hash__": _hash(_getter(compared)) if is_frozen else None,
    }
    if is_frozen:
        methods |= {"__setattr__": _no_change, "__delattr__": _no_change}
        if has_slots:
            methods |= {"__getstate__": _state(names), "__setstate__": _set_state(made, names)}
    for name, method in methods.items():
        if name not in own:
            setattr(made, name, method)
    return made  # type: ignore[no-any-return]  # a class, whatever dataclasses says


def _is_plain(plain: Any) -> bool:
    """It inherits nothing, and all its annotations are fields as usual."""
    own = plain.__dict__
    return plain.__bases__ == (object,) and all(
        isinstance(told, str)
        and not any(word in told for word in _UNUSUAL)
        and getattr(own.get(name), "init", True) is True
        and getattr(own.get(name), "kw_only", dataclasses.MISSING) is dataclasses.MISSING
        for name, told in get_annotations(plain).items()
    )


def _slotted(plain: Any) -> Any:
    """The class with slots for its fields; what `dataclasses` knows of them is found out when somebody asks."""
    names = tuple(get_annotations(plain))
    members = {name: value for name, value in plain.__dict__.items() if name not in names}
    for name in ("__dict__", "__weakref__"):
        members.pop(name, None)
    members |= {"__slots__": names, "__match_args__": names, "__qualname__": plain.__qualname__}
    made = type(plain.__name__, (), members)
    made.__dataclass_fields__ = _Fields(plain, made)  # type: ignore[attr-defined]
    return made


class _Fields:
    """Stands in for ``__dataclass_fields__`` until it is asked for."""

    def __init__(self, plain: Any, made: Any) -> None:
        self._plain = plain
        self._made = made

    def __get__(self, _one: object, _owner: type) -> dict[str, dataclasses.Field[Any]]:
        told: Any = dataclasses.dataclass(init=False, repr=False, eq=False)(self._plain)
        fields: dict[str, dataclasses.Field[Any]] = told.__dataclass_fields__
        self._made.__dataclass_fields__ = fields
        return fields


def _names(made: Any, own: Mapping[str, Any]) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """The fields' names in order, and of those that are compared."""
    if isinstance(made.__dict__["__dataclass_fields__"], _Fields):
        names: tuple[str, ...] = made.__slots__
        odd = {
            name for name in names if isinstance(default := own.get(name), dataclasses.Field) and not default.compare
        }
        return names, tuple(name for name in names if name not in odd)
    fields = dataclasses.fields(made)
    return tuple(field.name for field in fields), tuple(field.name for field in fields if field.compare)


def _getter(names: tuple[str, ...]) -> Callable[[Any], Any]:
    """What gives the values of these attributes as a tuple, or the only one's value."""
    return attrgetter(*names) if names else lambda _: ()


def _first_init(made: Any, *, is_frozen: bool, has_slots: bool) -> Callable[..., None]:
    """An ``__init__`` that replaces itself by the real one when it is first called."""

    def first(self: Any, *args: Any, **values: Any) -> None:
        init = _init(made, dataclasses.fields(made), is_frozen=is_frozen, has_slots=has_slots)
        made.__init__ = init
        init(self, *args, **values)

    return first


def _init(
    made: Any, fields: tuple[dataclasses.Field[Any], ...], *, is_frozen: bool, has_slots: bool
) -> Callable[..., None]:
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
            known[f"_set{number}"] = made.__dict__[field.name].__set__ if has_slots else _setter(field.name)
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


def _setter(name: str) -> Callable[[Any, Any], None]:
    """What sets an attribute of an instance that does not change."""
    return lambda self, value: object.__setattr__(self, name, value)


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
