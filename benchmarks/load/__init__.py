"""How long do two hundred people wait, compared with people on a page that does nothing?"""
