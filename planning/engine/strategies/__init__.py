"""The ways to arrange things that the engine compares."""
