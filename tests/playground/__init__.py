"""The playground's page in a real browser: one playground with the real bot, and one Chromium, for the whole folder."""
