"""Commands for people who work on the product; nothing here runs in production."""
