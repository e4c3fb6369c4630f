"""Long rounds of what the tests do briefly: `python -m tests.soak SUBJECT --count N`. Each subject has its own file."""
