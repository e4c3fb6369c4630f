"""Summit: questions put to the panel: the list, the briefing pack, the chair's page and the screen in the room."""
