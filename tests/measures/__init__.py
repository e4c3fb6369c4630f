"""Measures of what finds and compares: `python -m tests.measures SUBJECT` prints a table; the texts are labelled."""
