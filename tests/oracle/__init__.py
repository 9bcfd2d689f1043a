"""A second, independent computation of the comparison. It must not import `planning`."""
