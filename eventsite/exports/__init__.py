"""Exports: who is interested, what is asked and what is on the programme, as lists of objects in three formats."""
