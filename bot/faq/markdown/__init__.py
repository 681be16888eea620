"""Reads Markdown as sites write it, wrappers and templating included; knows nothing of questions."""
