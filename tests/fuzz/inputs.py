"""What might a reader be given: fixtures gone wrong, and text made of the pieces of JSON and YAML."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from random import Random

FIXTURES = Path(__file__).parents[2] / "fixtures"
SUFFIXES = (".json", ".yaml", ".yml", ".template")
LARGEST = 20_000

JSON_PIECES = (
    *("{", "}", "[", "]", ",", ":", '"', "'", " ", "\n", "\r\n", "\t", "true", "false", "null", "0", "-1", "1.5e3", "01", "NaN", "1e400"),
    *('"a"', '"b"', '"é"', '"\\u0041"', '"\\ud83d\\ude00"', '"\\ud800"', '"\\n"', '"\\x"', "//", "/*", "*/", "#", "\ufeff", "\x00", "\x07"),
    *('{"a":', '["a",', '"a":1', '{"a":[', "]}", "{}", "[]", "{{ x }}", "${x}", "“", "\u2028", "😀", '"a":1,"a":2', "[[[[[[[["),
)
YAML_PIECES = (
    *(
        "a:",
        "b: ",
        "- ",
        "-",
        "? ",
        ": ",
        "\n",
        "\n",
        "\n  ",
        "\n    ",
        "\r\n",
        "\r",
        "\t",
        " ",
        "# c",
        '"',
        "'",
        '"q"',
        "'s'",
        "[",
        "]",
        "{",
        "}",
    ),
    *(
        ",",
        "&a ",
        "*a",
        "!Ref ",
        "!Sub\n",
        "!!str ",
        "!!int ",
        "<<: ",
        "<<: *a",
        "|",
        ">",
        "|-",
        "|+",
        ">2",
        "---",
        "---\n",
        "...\n",
        "%YAML 1.1\n",
    ),
    *(
        "on",
        "yes",
        "Null",
        "~",
        "012",
        "0x1F",
        "12:30",
        "2012-10-17",
        "1_0",
        ".inf",
        "1.5",
        "é",
        "😀",
        "\x85",
        "\u2028",
        "\ufeff",
        "{{ x }}",
        "@",
    ),
    *(
        '"\\q"',
        '"\\ud800"',
        '"\\U00110000"',
        "x",
        "text of a scalar",
        "a: 1\n",
        "b:\n  c: 2\n",
        "- x\n- y\n",
        "&a {x: 1}\n",
        "  line\n",
        "%",
        "`",
        "!",
    ),
)


def corpus() -> list[tuple[str, bytes]]:
    """The name and bytes of every fixture in a format that is read, in the order of their names."""
    paths = sorted(path for path in FIXTURES.rglob("*") if path.suffix in SUFFIXES and path.stat().st_size <= LARGEST)
    return [(path.name, path.read_bytes()) for path in paths]


def generate(random: Random, fixtures: Sequence[tuple[str, bytes]]) -> tuple[str, bytes]:
    """A name and bytes to read."""
    if fixtures and random.random() < 0.6:
        name, data = random.choice(fixtures)
        other = random.choice(fixtures)[1]
        for _ in range(random.choice((1, 1, 2, 4))):
            data = random.choice(MUTATIONS)(random, data, other)
        return name if random.random() < 0.9 else "noname", data
    suffix, pieces = random.choice(((".json", JSON_PIECES), (".yaml", YAML_PIECES), ("", JSON_PIECES + YAML_PIECES)))
    return "made" + suffix, "".join(random.choices(pieces, k=random.randint(0, 30))).encode()


def _flip(random: Random, data: bytes, other: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + bytes([random.randrange(256)]) + data[at + 1 :]


def _delete(random: Random, data: bytes, other: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + data[at + random.randint(1, 8) :]


def _repeat(random: Random, data: bytes, other: bytes) -> bytes:
    start = random.randrange(len(data) + 1)
    part = data[start : start + random.randint(1, 60)]
    return data[:start] + part * random.randint(2, 5) + data[start:]


def _insert(random: Random, data: bytes, other: bytes) -> bytes:
    at = random.randrange(len(data) + 1)
    return data[:at] + random.choice(JSON_PIECES + YAML_PIECES).encode() + data[at:]


def _splice(random: Random, data: bytes, other: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)] + other[random.randrange(len(other) + 1) :]


def _cut(random: Random, data: bytes, other: bytes) -> bytes:
    return data[: random.randrange(len(data) + 1)]


def _line_ends(random: Random, data: bytes, other: bytes) -> bytes:
    return data.replace(b"\n", random.choice((b"\r\n", b"\r", b"\n\n", "\u2028".encode(), b" \n")))


def _swap_lines(random: Random, data: bytes, other: bytes) -> bytes:
    lines = data.split(b"\n")
    one, two = random.randrange(len(lines)), random.randrange(len(lines))
    lines[one], lines[two] = lines[two], lines[one]
    return b"\n".join(lines)


def _indent(random: Random, data: bytes, other: bytes) -> bytes:
    lines = data.split(b"\n")
    at = random.randrange(len(lines))
    lines[at] = b" " * random.randint(1, 4) + lines[at] if random.random() < 0.5 else lines[at][random.randint(1, 4) :]
    return b"\n".join(lines)


MUTATIONS: tuple[Callable[[Random, bytes, bytes], bytes], ...] = (
    *(_flip, _delete, _repeat, _insert, _splice, _cut, _line_ends, _swap_lines, _indent),
)
