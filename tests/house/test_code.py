"""House rules for code: where the database may be asked, and no float where tax is computed."""

import ast
import re
import tomllib

import pytest

from tests import ROOT

ENGINE = sorted((ROOT / "planning" / "engine").rglob("*.py"))
# The twin of the exact projection over many paths, and what draws the paths: float64 holds whole cents there, a test
# holds it to the exact projection, and no figure of it is printed beside a worksheet. Clock and chance stay out: the
# seed comes in as a value.
IN_FLOATS = {
    f"planning/engine/{module}.py": {"numpy", "float"}
    for module in (
        "projection/vector_growth",
        "projection/vector_heirs",
        "projection/vector_insurance",
        "projection/vector_money",
        "projection/vector_paths",
        "projection/vector_heirs",
        "projection/vector_state",
        "projection/vector_tax",
        "projection/vectorised",
        "solving",
        "uncertainty/draws",
        "uncertainty/lives",
        "uncertainty/oaths",
        "uncertainty/outlook",
        "variants",
    )
}
VIEWS = sorted([*(ROOT / "clients" / "views").rglob("*.py"), *(ROOT / "planning").glob("views*.py")])
PRODUCT = [path for app in ("qdot_site", "clients", "planning") for path in sorted((ROOT / app).rglob("*.py"))]
pytestmark = pytest.mark.pure


def name_of(path):
    """Name a file in a test report."""
    return str(path.relative_to(ROOT))


@pytest.mark.parametrize("path", [path for path in VIEWS if path.exists()], ids=name_of)
def test_views_ask_the_database_only_through_selectors_and_services(path):
    used = [
        node.lineno
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "_default_manager"}
    ]

    assert [] == used


@pytest.mark.parametrize("path", ENGINE, ids=name_of)
def test_the_engine_computes_without_floats_clocks_and_chance(path):
    allowed = IN_FLOATS.get(name_of(path), set())
    forbidden_modules = {"math", "random", "time", "os", "django", "numpy", "secrets"} - allowed
    found = []
    for node in ast.walk(ast.parse(path.read_text())):
        if isinstance(node, ast.Constant) and isinstance(node.value, float) and "float" not in allowed:
            found.append(f"line {node.lineno}: {node.value}")
        if isinstance(node, ast.Name) and node.id in {"float"} - allowed:
            found.append(f"line {node.lineno}: float")
        if isinstance(node, ast.Import):
            found += [
                f"line {node.lineno}: {alias.name}"
                for alias in node.names
                if alias.name.split(".")[0] in forbidden_modules
            ]
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in forbidden_modules:
            found.append(f"line {node.lineno}: {node.module}")
        if isinstance(node, ast.Attribute) and node.attr in {"today", "now", "utcnow"}:
            found.append(f"line {node.lineno}: .{node.attr}")

    assert [] == found


@pytest.mark.parametrize("path", ENGINE, ids=name_of)
def test_no_figure_is_changed_after_it_was_made(path):
    changed = [
        f"line {node.lineno}: .{target.attr}"
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Assign | ast.AugAssign | ast.AnnAssign)
        for target in (node.targets if isinstance(node, ast.Assign) else [node.target])
        if isinstance(target, ast.Attribute) and target.attr in {"amount", "how", "compound"}
    ]

    assert [] == changed


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_no_code_trusts_text_as_markup_or_builds_queries_by_hand(path):
    if "migrations" in path.parts:
        pytest.skip("a migration may set up what the models need")
    source = path.read_text()
    if (
        name_of(path) == "planning/pictures/drawing.py"
    ):  # draws SVG from numbers and escaped words; its own tests say so
        source = source.replace("mark_safe", "")

    assert [] == re.findall(r"\b(?:mark_safe|\.raw\(|\.extra\(|RawSQL|eval\(|exec\()", source)


@pytest.mark.parametrize("path", PRODUCT, ids=name_of)
def test_every_module_says_its_job_first(path):
    source = path.read_text()
    if not source.strip() or "migrations" in path.parts:
        pytest.skip("nothing to say")

    assert ast.get_docstring(ast.parse(source))


def test_no_file_of_ours_names_a_package_registry():
    hosts = re.compile("|".join(["py" + "pi" + r"\.org", "python" + "hosted", "npm" + "js", "crates" + r"\.io"]))
    files = [
        *ROOT.glob("requirements/*"),
        *ROOT.glob("tools/*"),
        ROOT / "run",
        ROOT / "pyproject.toml",
        *ROOT.glob("docs/**/*.md"),
    ]

    assert [] == [str(path) for path in files if path.is_file() and hosts.search(path.read_text())]


def test_every_package_is_pinned_with_a_hash():
    for name in ("base", "dev"):
        lines = (ROOT / "requirements" / f"{name}.txt").read_text().replace("\\\n", " ").splitlines()
        pins = [line for line in lines if line.strip() and not line.lstrip().startswith("#")]

        assert pins
        assert [] == [line for line in pins if "==" not in line or "--hash=sha256:" not in line]


def test_every_lint_rule_left_out_is_explained():
    text = (ROOT / "pyproject.toml").read_text()
    ignored = tomllib.loads(text)["tool"]["ruff"]["lint"]["ignore"]

    assert ignored
    unexplained = [code for code in ignored if not re.search(rf'"{code}",\s*#', text)]
    assert {"RUF002", "RUF003"} >= set(unexplained)  # explained with RUF001, the line above them
