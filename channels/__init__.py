"""The networks people talk on, one folder each; they import only bot."""
