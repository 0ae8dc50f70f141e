"""The settings: the station, its accounts, the look of the window, backups, about."""
