"""Stories, contracts, and a mirror of the packages."""
