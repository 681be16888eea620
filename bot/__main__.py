"""The command `flatcar-faq`; `python -m bot` is the same."""

import gc
import os


def main() -> None:
    """Run the command line, with numpy on one core, and without looking for garbage while next to none can be there.

    The arrays are small: a BLAS that wakes a thread on each core doubles the time they take. It reads this setting
    when it is loaded, so that it comes before the imports. Those and the index make a million objects that stay: to
    look through them after every 700 new ones takes a tenth of the start.
    """
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    gc.set_threshold(50_000, 50)
    from bot.cli import main as run_command_line  # noqa: PLC0415

    try:
        run_command_line()
    finally:
        gc.freeze()  # what is left goes with the process: to look through it first would take another tenth


if __name__ == "__main__":
    main()
