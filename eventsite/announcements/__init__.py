"""Announcements: what organisers write to many people, each letter written whole and sent once."""
