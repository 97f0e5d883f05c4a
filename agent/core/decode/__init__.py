"""Bytes -> Message. Total and pure; nothing that a sender writes raises, hangs or is executed. See `message.decode`."""
