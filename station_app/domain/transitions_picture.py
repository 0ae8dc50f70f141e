"""Draws the table of transitions as a Mermaid picture: docs/issue-life.md is made by this."""

from __future__ import annotations

from pathlib import Path

from db.vocabulary import IssueStatus
from station_app.domain.issue_words import event_word, status_word
from station_app.domain.transitions import TAKEN_BACK, TRANSITIONS
from station_app.domain.words import paper

PICTURE = Path(__file__).parents[2] / "docs" / "issue-life.md"

_FRAME = """# {title}

```mermaid
stateDiagram-v2
{lines}
```
"""


def picture() -> str:
    """The picture as Markdown, in the words of the screen."""
    lines = [f"    {one.value}: {status_word(one, paper)}" for one in IssueStatus]
    lines.append(f"    [*] --> {IssueStatus.REGISTERED.value}")
    for event, (origins, then) in TRANSITIONS.items():
        if then is not None:
            lines += [
                f"    {one.value} --> {then.value}: {event_word(event, paper)}"
                for one in IssueStatus
                if one in origins
            ]
    for event, done in TAKEN_BACK.items():
        there = TRANSITIONS[done][1]
        assert there is not None
        said = f"{event_word(event, paper)} → {paper('back to where it was')}"
        lines.append(f"    note right of {there.value}: {said}")
    return _FRAME.format(title=paper("The life of an issue"), lines="\n".join(lines))


if __name__ == "__main__":
    PICTURE.write_text(picture(), encoding="utf-8")
