"""A small Slack for one app: the workspace, Slack's side of the wire, faults on demand. Imports nothing of the bot."""
