"""Dataclasses that are cheap to define are dataclasses."""

from __future__ import annotations

import copy
import dataclasses
import importlib
import pickle
import pkgutil
from dataclasses import FrozenInstanceError, field

import pytest

import reader
from reader.light import dataclass


@dataclass(frozen=True, slots=True)
class Point:
    """A place."""

    x: int
    y: int = 2
    tags: list[str] = field(default_factory=list)
    written: str = field(default="", compare=False)


@dataclass(frozen=True, slots=True)
class Lone:
    """One value."""

    value: tuple[int, ...] = ()


@dataclass(frozen=True, slots=True)
class Nothing:
    """No value."""


@dataclass(slots=True)
class Basket:
    """May change."""

    items: list[int] = field(default_factory=list)
    total: int = 0

    def __post_init__(self) -> None:
        self.total = sum(self.items)


ALIKE = [Point(1), Point(1, y=3, tags=["a"]), Lone((1, 2)), Lone(), Nothing(), Basket([1, 2])]


@pytest.mark.parametrize("one", ALIKE, ids=repr)
def test_copies_are_equal(one: Point) -> None:
    """They cross process borders, and are stored and compared."""
    assert pickle.loads(pickle.dumps(one)) == one
    assert copy.deepcopy(one) == one
    assert dataclasses.replace(one) == one
    assert type(one)(**{each.name: getattr(one, each.name) for each in dataclasses.fields(one)}) == one


def test_told_as_dataclasses_are() -> None:
    """A hash over the content is taken of this."""
    assert repr(Point(1, tags=["a"])) == "Point(x=1, y=2, tags=['a'], written='')"
    assert repr(Nothing()) == "Nothing()"
    assert dataclasses.asdict(Basket([3])) == {"items": [3], "total": 3}


def test_frozen_ones_do_not_change() -> None:
    """What crosses layers is shared."""
    with pytest.raises(FrozenInstanceError):
        Point(1).x = 2  # type: ignore[misc]  # that is the test
    with pytest.raises(FrozenInstanceError):
        del Lone().value


def test_equality_and_hash_look_at_the_same() -> None:
    """Trees of a query are equal however they were written."""
    assert Lone((1,)) != Lone((2,))
    assert Point(1, written="a") == Point(1, written="b")
    assert hash(Lone((1,))) == hash(Lone((1,)))
    with pytest.raises(TypeError):
        hash(Basket())


def test_wrong_arguments_are_refused() -> None:
    """Also the first time, when the real method is not made yet."""

    @dataclass(frozen=True, slots=True)
    class Fresh:
        """Never made before."""

        x: int

    with pytest.raises(TypeError):
        Fresh()  # type: ignore[call-arg]  # that is the test
    with pytest.raises(TypeError):
        Fresh(1, 2)  # type: ignore[call-arg]  # the same
    assert Fresh(x=1).x == 1
    match Fresh(3):
        case Fresh(x):
            assert x == 3
    assert not hasattr(Fresh(1), "__dict__")


def test_each_instance_has_a_list_of_its_own() -> None:
    """A default that is made is made each time."""
    first, second = Basket(), Basket()
    first.items.append(1)

    assert second.items == []


@dataclass(frozen=True)
class Open:
    """Room for more, and nothing changes."""

    x: int
    y: list[int] = field(default_factory=list)


@dataclass
class Told:
    """One of another class."""

    who: str
    by_hand: bool = False


def test_without_slots_too() -> None:
    """Messages have none."""
    assert repr(Open(1)) == "Open(x=1, y=[])"
    assert Open(1) == Open(1, []) != Open(2)
    assert hash(Open("a", (1,))) == hash(Open("a", (1,)))  # type: ignore[arg-type]
    assert dataclasses.replace(Open(1), x=2).x == 2
    with pytest.raises(FrozenInstanceError):
        Open(1).x = 2  # type: ignore[misc]
    told = Told("budi")
    told.by_hand = True
    assert told == Told(who="budi", by_hand=True)
    assert pickle.loads(pickle.dumps(told)) == told


def test_what_is_known_of_the_fields_is_found_when_asked_for() -> None:
    """By the standard library itself, defaults and all."""

    @dataclass(slots=True)
    class Late:
        """Asked once."""

        one: int
        two: list[int] = field(default_factory=list, compare=False)

    assert dataclasses.is_dataclass(Late)
    assert [(each.name, each.compare) for each in dataclasses.fields(Late)] == [("one", True), ("two", False)]
    assert Late.__match_args__ == ("one", "two")
    assert Late(1, [2]) == Late(1, [3])


def test_every_late_pattern_is_one() -> None:
    """A mistake would be found when the pattern is first used: here, and not by who reads news."""
    found = 0
    for info in pkgutil.walk_packages(reader.__path__, "reader."):
        if info.name != "reader.__main__":
            for value in vars(importlib.import_module(info.name)).values():
                if type(value).__name__ == "_LatePattern":
                    assert value.pattern
                    found += 1

    assert found > 30
