"""What every test gets: fast passwords, web fonts, a fresh cache."""

import warnings
from pathlib import Path

import pytest
from django.conf import settings
from hypothesis import HealthCheck
from hypothesis import settings as hypothesis_settings

hypothesis_settings.register_profile(
    "house", deadline=None, derandomize=True, suppress_health_check=[HealthCheck.too_slow], max_examples=60
)
hypothesis_settings.load_profile("house")

BROWSER_FOLDER = Path(__file__).resolve().parent / "browser"


def pytest_configure(config):
    """Make the web fonts once and use the quick password hasher."""
    from qdot_site.management.commands.build_fonts import build_fonts

    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        build_fonts(Path(settings.BASE_DIR) / "static" / "fonts")
    settings.WHITENOISE_AUTOREFRESH = True  # look files up when asked, not all of them for each test client
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher", *settings.PASSWORD_HASHERS]


def pytest_collection_modifyitems(items):
    """Mark what lies in tests/browser, and what needs no database: once is enough for that."""
    for item in items:
        if BROWSER_FOLDER in item.path.parents:
            item.add_marker(pytest.mark.browser)
        asks = {"db", "transactional_db", "live_server", "client"} & set(item.fixturenames)
        if not asks and item.get_closest_marker("django_db") is None:
            item.add_marker(pytest.mark.pure)


@pytest.fixture(autouse=True)
def _media_folder(settings, tmp_path):
    """Keep each test's files apart."""
    settings.MEDIA_ROOT = tmp_path / "media"
