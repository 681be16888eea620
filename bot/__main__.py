"""The command `flatcar-faq`; `python -m bot` is the same."""

import os


def main() -> None:
    """Run the command line, with numpy on one core.

    The arrays are small: a BLAS that wakes a thread on each core doubles the time they take. It reads this setting
    when it is loaded, so that it comes before the imports.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    from bot.cli import main as run_command_line  # noqa: PLC0415

    run_command_line()


if __name__ == "__main__":
    main()
