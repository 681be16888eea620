"""The line to Slack in Socket Mode: opened, watched, renewed, and given up when Slack is gone for too long."""

from bot.slack.line.line import Line, Rhythm

__all__ = ["Line", "Rhythm"]
