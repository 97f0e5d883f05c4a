"""`afterword demo`: the real daemon on an embedded mail server, with an invented mailbox and a clock that leaps."""
