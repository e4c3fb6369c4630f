"""`python -m eventsite` is the command `eventsite`."""

from eventsite.cli import main

main()
