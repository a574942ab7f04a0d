"""Payment services behind one door; a table chooses by name. A new one is one folder and one line."""
