"""`python -m tests.measures SUBJECT [--final]`: the table of one subject, over texts that are labelled.

Each subject is a module of this package with a function `main(arguments)`, loaded when it is asked for.
"""

import sys
from importlib import import_module

SUBJECTS = {
    "patient_data": "what may identify a person, and what tells of harm: recall and precision for each kind",
    "desks": "200 open desks on one process: when an approval reaches each, and how the process ends with all open",
    "likeness": "questions that ask the same: every method that was compared, the curve, and growth",
    "moderators": "two moderators and 500 questions, at once on each engine: deeds, letters, and what does not agree",
}


def main() -> None:
    """Hands the words behind the subject to its module."""
    subject, *arguments = sys.argv[1:] or [""]
    if subject not in SUBJECTS:
        known = "\n".join(f"  {name:<14} {about}" for name, about in SUBJECTS.items())
        sys.exit(f"usage: python -m tests.measures SUBJECT\n{known}")
    import_module(f"tests.measures.{subject}").main(arguments)


if __name__ == "__main__":
    main()
