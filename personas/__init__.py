"""Who the AI participants are: their tastes, memory and ranking."""
