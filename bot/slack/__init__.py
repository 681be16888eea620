"""Slack's side of the help desk: support for another chat network would be a second room like this one."""
