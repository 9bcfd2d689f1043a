"""A pytest plugin that sets the environment before Django's settings are read.

The tests run as the demo place does: plain static files, cookies without
Secure, this machine as host. A database address from outside is kept, so that
the same tests run on PostgreSQL. Nothing is written into the checkout.
"""

import atexit
import os
import shutil
import tempfile
from pathlib import Path

FOLDER = Path(tempfile.mkdtemp(prefix="qdot-tests-"))
atexit.register(shutil.rmtree, FOLDER, ignore_errors=True)

for name in [name for name in os.environ if name.startswith("QDOT_")]:
    if name not in {"QDOT_DATABASE_URL", "QDOT_EXPECT_POSTGRESQL", "QDOT_BROWSER"}:
        del os.environ[name]

os.environ["QDOT_DEMO"] = "1"
os.environ["QDOT_SECRET_KEY"] = "only-for-tests-0123456789-abcdefghijklmnopqrstuvwxyz-ABCDEFG"
os.environ["QDOT_EMAIL_URL"] = f"file://{FOLDER / 'mail'}"
os.environ["QDOT_MEDIA_ROOT"] = str(FOLDER / "media")
os.environ.setdefault("QDOT_DATABASE_URL", f"sqlite:///{FOLDER / 'qdot.sqlite3'}")
# Playwright's sync interface keeps a loop running in the thread; the tests still use the database from there.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "true"
