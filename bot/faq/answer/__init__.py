"""Turns an answer as it stands on a site into Markdown that can be read anywhere: no templating, no dead links."""
