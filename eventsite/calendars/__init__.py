"""Calendars: entries in, bytes out. Knows RFC 5545, 5546 and 7986, and nothing of HTTP or tables."""
