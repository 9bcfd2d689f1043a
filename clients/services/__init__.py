"""Writes, one module for each concern."""
