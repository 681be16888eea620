"""The room that knows Slack: its payloads, its blocks, its limits and its two transports."""
