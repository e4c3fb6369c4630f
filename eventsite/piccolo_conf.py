"""Where Piccolo finds the database and the tables (PICCOLO_CONF=eventsite.piccolo_conf)."""

from piccolo.conf.apps import AppRegistry

from eventsite.database import current_engine

DB = current_engine()
APP_REGISTRY = AppRegistry(apps=["eventsite.piccolo_app"])
