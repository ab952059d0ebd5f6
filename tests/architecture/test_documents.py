"""What the documents draw must be what the code does."""

from pathlib import Path

from wugeyi.casework.rules.states import STEPS, State, Step

ROOT = Path(__file__).resolve().parents[2]


def diagram() -> str:
    """The state diagram of a case in Mermaid, from the transition table."""
    lines = ["stateDiagram-v2", "    [*] --> new", "    [*] --> assigned"]
    for step in Step:
        sources, target = STEPS[step]
        if target is None:
            continue
        lines += [
            f"    {source} --> {target}: {step}"
            for source in State
            if source in sources
        ]
    lines += ["    closed --> [*]"]
    return "\n".join(lines)


def test_the_state_diagram_is_the_transition_table() -> None:
    page = (ROOT / "docs" / "casework.md").read_text(encoding="utf-8")
    drawn = page.split("```mermaid\n")[1].split("\n```")[0]
    assert drawn == diagram()
