"""What is a closed set of words, such as the kinds of policies?

For a type checker it is an `Enum`. At run time it is no more of that than is used: members by name, by value (`Kind("trust")`) and in
their order. To make the classes of `enum` takes a tenth of a check of one policy, and their members are slow to hash and to ask.
"""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    from enum import Enum

    class Enumeration(Enum):
        """A closed set of words."""

else:

    class _Words(type):
        """Makes a member of each word that stands in the body of a class."""

        def __new__(cls, name, bases, body):
            made = super().__new__(cls, name, bases, body)
            made._members = {}
            for key, word in body.items():
                if isinstance(word, str) and not key.startswith("_"):
                    member = object.__new__(made)
                    member.name, member.value = key, word
                    made._members[word] = member
                    setattr(made, key, member)
            return made

        def __call__(cls, value):
            member = cls._members.get(value)
            if member is None:
                raise ValueError(f"{value!r} is none of {', '.join(cls._members)}")
            return member

        def __iter__(cls):
            return iter(cls._members.values())

        def __reversed__(cls):
            return reversed(cls._members.values())

        def __len__(cls):
            return len(cls._members)

    class Enumeration(metaclass=_Words):
        """A closed set of words."""

        __slots__ = ("name", "value")

        def __repr__(self):
            return f"{type(self).__name__}.{self.name}"

        def __reduce__(self):
            # A copy, and what another process gets, is the member itself.
            return type(self), (self.value,)
