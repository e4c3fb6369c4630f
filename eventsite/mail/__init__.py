"""Carries letters: renders them whole, keeps them in the outbox, hands them to a mail server. Knows no subject."""
