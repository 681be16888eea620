"""A Slack bot that answers from an FAQ written in Markdown: right, or quiet."""

__version__ = "0.1.0"
