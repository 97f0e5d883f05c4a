"""The command `afterword`: arguments -> one command's function -> an exit code of CONTRACT. Imports only what that command needs."""

from __future__ import annotations

import io
import os
import sys
from collections.abc import Sequence

from agent.errors import AfterwordError, Exit


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Errors that a person can cause are one or two lines on stderr, never a traceback."""
    from agent.cli.parser import parsed

    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")  # a terminal that has no "–" shows "?"
    try:
        options = parsed(arguments)
        code = int(options.command(options))
        sys.stdout.flush()
        return code
    except AfterwordError as error:
        print(f"afterword: {error}", file=sys.stderr)
        return int(error.exit)
    except KeyboardInterrupt:
        if sys.stderr.isatty():
            print(file=sys.stderr)  # behind the terminal's own "^C"
        return int(Exit.INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output has gone, as in "| head"; what is left of it goes nowhere, without a word at the exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(Exit.DONE)
