"""What an FAQ does to its questions: advice for its authors, and how well it answers."""
