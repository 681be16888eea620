"""Conversations with the real bot: a child process, real sockets, and a small Slack at the other end."""
