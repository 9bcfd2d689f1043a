"""Views: door, form, service, redirect."""
