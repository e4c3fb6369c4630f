"""The folders beside the package are found in a checkout."""

from eventsite.paths import MIGRATIONS, STATIC, TEMPLATES


def test_the_folders_are_there() -> None:
    assert list(MIGRATIONS.glob("*.py"))
    assert (TEMPLATES / "base.html").is_file()
    assert list(STATIC.glob("*.css"))
