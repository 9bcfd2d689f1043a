"""The desks of the planning tests serve the papers too."""

from tests.planning.conftest import desk, make_desk

__all__ = ["desk", "make_desk"]
