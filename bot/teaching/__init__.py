"""Teaches the FAQ: questions that maintainers placed come in, changes of its Markdown go out, written when asked to."""
