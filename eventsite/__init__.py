"""The site of a conference network."""

import os

# Piccolo looks for its configuration at the first query.
os.environ.setdefault("PICCOLO_CONF", "eventsite.piccolo_conf")
