"""Closing the loop: what became of each question, and who is told: asked, answered, or not reached."""
