"""A small Slack of our own: the workspace, Slack's side of the wire, and faults on demand. Knows nothing of the bot."""
