"""The command `afterword`: arguments -> one command's function -> an exit code of CONTRACT. Imports only what that command needs."""

from __future__ import annotations

import sys
from collections.abc import Sequence

from agent.errors import AfterwordError, Exit


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command. Errors that a person can cause are one or two lines on stderr, never a traceback."""
    from agent.cli.parser import parsed

    try:
        options = parsed(arguments)
        return int(options.command(options))
    except AfterwordError as error:
        print(f"afterword: {error}", file=sys.stderr)
        return int(error.exit)
    except KeyboardInterrupt:
        return int(Exit.INTERRUPTED)
    except BrokenPipeError:
        sys.stderr.close()  # the reader of our output has gone, as in "| head"
        return int(Exit.DONE)
