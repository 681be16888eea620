"""`python -m bot` is the command `flatcar-faq`."""

from bot.cli import main

main()
