"""The playground: the bot started in the emulator, and a page to chat on and to teach. It acts through /control/."""
