"""Random histories over the whole application, judged after every step by a referee that reads everybody's books."""
