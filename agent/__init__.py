"""Afterword: an agent for job seekers that drafts the right follow-up at the right time, and sends nothing by itself."""

__version__ = "0.1.0"
