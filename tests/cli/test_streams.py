"""What happens to output: colour, width, characters, and streams that are closed, full or gone."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.run import TRUST_ANYONE, environment, iamlint

ESCAPE = "\x1b["
COMMAND = [sys.executable, "-m", "iamlint", "check"]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "role.json").write_text(TRUST_ANYONE)
    return tmp_path


@pytest.mark.parametrize(
    ("variables", "arguments", "coloured"),
    [
        ({}, [], False),
        ({"FORCE_COLOR": "1"}, [], True),
        ({"FORCE_COLOR": "0"}, [], False),
        ({"CLICOLOR_FORCE": "1"}, [], True),
        ({"FORCE_COLOR": "1", "NO_COLOR": "1"}, [], False),
        ({"FORCE_COLOR": "1", "NO_COLOR": ""}, [], True),
        ({"NO_COLOR": "1"}, ["--color", "always"], True),
        ({"NO_COLOR": "1"}, ["--color=always"], True),
        ({"FORCE_COLOR": "1"}, ["--color", "never"], False),
        ({"GITHUB_ACTIONS": "true"}, [], True),
        ({"GITHUB_ACTIONS": "true", "NO_COLOR": "1"}, [], False),
    ],
)
def test_a_flag_decides_on_colour_before_the_environment(
    folder: Path, variables: dict[str, str], arguments: list[str], coloured: bool
) -> None:
    ended = iamlint(folder, "check", *arguments, variables=variables)
    assert (ESCAPE in ended.out) is coloured


def test_a_report_sent_into_a_file_has_no_colour_in_github_actions(folder: Path) -> None:
    with open(folder / "report.txt", "wb") as report:
        subprocess.run(COMMAND, cwd=folder, env=environment(GITHUB_ACTIONS="true"), stdout=report, stderr=subprocess.DEVNULL, check=False)
    assert ESCAPE not in (folder / "report.txt").read_text()


def test_a_report_written_to_a_file_has_no_colour(folder: Path) -> None:
    iamlint(folder, "check", "-o", "text=report.txt", "--color", "always")
    assert ESCAPE not in (folder / "report.txt").read_text()


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo terminals")
@pytest.mark.parametrize(("term", "coloured"), [("xterm-256color", True), ("dumb", False)])
def test_a_terminal_gets_colours_unless_it_is_dumb(folder: Path, term: str, coloured: bool) -> None:
    assert (ESCAPE in on_a_terminal(folder, term=term)) is coloured


@pytest.mark.skipif(sys.platform == "win32", reason="there are no pseudo terminals")
def test_a_report_is_as_wide_as_the_terminal(folder: Path) -> None:
    shown = on_a_terminal(folder, columns=60)
    assert max(len(line) for line in shown.splitlines()) <= 60


def on_a_terminal(folder: Path, *, term: str = "dumb", columns: int = 80) -> str:
    """What a terminal of that width would get."""
    import fcntl
    import pty
    import struct
    import termios

    leader, follower = pty.openpty()
    fcntl.ioctl(follower, termios.TIOCSWINSZ, struct.pack("HHHH", 24, columns, 0, 0))
    process = subprocess.Popen(COMMAND, cwd=folder, env=environment(TERM=term), stdout=follower, stderr=follower, stdin=follower)
    os.close(follower)
    shown = b""
    while True:
        try:
            piece = os.read(leader, 65536)
        except OSError:
            break
        if not piece:
            break
        shown += piece
    process.wait(timeout=60)
    os.close(leader)
    return shown.decode().replace("\r\n", "\n")


def test_columns_decides_the_width_of_what_is_piped(folder: Path) -> None:
    ended = iamlint(folder, "check", variables={"COLUMNS": "60"})
    assert max(len(line) for line in ended.out.splitlines()) <= 60


@pytest.mark.parametrize("columns", ["0", "-1", "wide", "", "9" * 30, "²"])
def test_columns_that_make_no_sense_are_not_used(folder: Path, columns: str) -> None:
    ended = iamlint(folder, "check", variables={"COLUMNS": columns})
    assert ended.code == 1
    assert max(len(line) for line in ended.out.splitlines()) <= 80


@pytest.mark.parametrize("variables", [{"PYTHONIOENCODING": "ascii"}, {"PYTHONIOENCODING": "latin-1"}, {"LC_ALL": "C"}, {"LC_ALL": "tlh"}])
def test_any_encoding_can_show_any_policy(folder: Path, variables: dict[str, str]) -> None:
    (folder / "größe.json").write_text(TRUST_ANYONE.replace('"Effect"', '"Sid": "日本",\n      "Effect"'))
    for format in ("text", "concise", "json"):
        ended = iamlint(folder, "check", "-o", format, variables=variables)
        assert ended.code == 1, ended
        assert "Traceback" not in ended.err


def test_a_terminal_of_ascii_gets_ascii(folder: Path) -> None:
    (folder / "größe.json").write_text(TRUST_ANYONE)
    ended = iamlint(folder, "check", variables={"PYTHONIOENCODING": "ascii"})
    assert "gr\\u00f6\\u00dfe.json" in ended.out
    assert ended.out.isascii()
    assert ended.err.isascii()


@pytest.mark.skipif(sys.platform != "linux", reason="names of files are bytes on Linux")
def test_a_name_that_is_no_text_is_shown_escaped(folder: Path) -> None:
    with open(os.fsencode(folder) + b"/b\xffd.json", "w") as file:
        file.write(TRUST_ANYONE)
    for format in ("text", "concise", "json"):
        ended = iamlint(folder, "check", "-o", format)
        assert ended.code == 1
        assert "\\udcff" in ended.out


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
@pytest.mark.parametrize("verb", ["check .", "rules", "rules -o json", "explain trust-public-principal", "--help", "--version"])
def test_a_reader_who_has_read_enough_is_no_error(folder: Path, verb: str) -> None:
    command = f"{sys.executable} -m iamlint {verb} | true; echo ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment(), capture_output=True, timeout=60, check=False)
    assert done.stdout in (b"0\n", b"1\n")
    assert b"rror" not in done.stderr


@pytest.mark.skipif(sys.platform != "linux", reason="/dev/full")
def test_a_full_disk_is_an_error(folder: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(COMMAND, cwd=folder, env=environment(), stdout=full, stderr=subprocess.PIPE, timeout=60, check=False)
    assert done.returncode == 2
    assert b"error: the report cannot be written: no space left on device" in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="a shell of POSIX")
@pytest.mark.parametrize(("redirect", "code"), [(">&-", 2), ("2>&-", 1), ("-qq >&- 2>&-", 1), ("- <&-", 2)])
def test_a_closed_stream_ends_in_no_traceback(folder: Path, redirect: str, code: int) -> None:
    command = f"{sys.executable} -m iamlint check {redirect}"
    done = subprocess.run(["bash", "-c", command], cwd=folder, env=environment(), capture_output=True, timeout=60, check=False)
    assert done.returncode == code
    assert b"Traceback" not in done.stderr


@pytest.mark.skipif(sys.platform == "win32", reason="signals of POSIX")
def test_an_interrupt_ends_the_run_with_130(folder: Path) -> None:
    # What a shell starts in the background ignores interrupts, and so would what the test starts.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        process = subprocess.Popen([*COMMAND, "-"], cwd=folder, env=environment(), stdin=subprocess.PIPE, stderr=subprocess.PIPE)
    finally:
        signal.signal(signal.SIGINT, before)
    wait_until_it_reads(process.pid)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130
    assert b"Traceback" not in said


def wait_until_it_reads(pid: int) -> None:
    """Until the process blocks in a read of standard input: its system call is `read` (0 on x86-64, 63 on arm64) of file 0."""
    waiting = {"0 0x0", "63 0x0"}
    try:
        while " ".join(Path(f"/proc/{pid}/syscall").read_text().split()[:2]) not in waiting:
            pass
    except (OSError, PermissionError):
        pytest.skip("what the process waits for cannot be seen here")
