"""The commands, a module each; `group` knows them by name and imports them late."""
