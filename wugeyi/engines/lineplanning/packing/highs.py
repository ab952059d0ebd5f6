"""HiGHS as it is used here: silent, on one thread, the same each time."""

from typing import Any


def solver() -> Any:
    """Return a new one."""
    import highspy

    found: Any = highspy.Highs()  # type: ignore[no-untyped-call]
    found.setOptionValue("output_flag", False)  # noqa: FBT003
    found.setOptionValue("threads", 1)
    found.setOptionValue("random_seed", 0)
    return found
