"""The law engine: plain Python, no Django, no files, no clock, no settings, no randomness."""

ENGINE_VERSION = "0.1.0"
