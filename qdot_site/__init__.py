"""The hall of the house: settings, routing, and what every page shares."""
