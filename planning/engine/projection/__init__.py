"""Years ahead: the exact year-by-year path of one strategy in one order of death."""
