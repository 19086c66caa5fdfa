"""How many providers are known costs a function nothing; it pays for the families that are configured."""

from pathlib import Path

import pytest

from benchmarks.breadth import FEW, MANY, Breadth, measured

pytestmark = pytest.mark.xdist_group("breadth")


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Breadth:
    return measured(FEW, ["stripe"], tmp_path_factory.mktemp("few"), runs=1)


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Breadth:
    return measured(MANY, ["stripe"], tmp_path_factory.mktemp("many"), runs=1)


def test_ingest_is_the_same_however_many_providers_are_known(few: Breadth, many: Breadth) -> None:
    assert (few.known, many.known) == (FEW, MANY)
    assert few.files == many.files
    assert few.zip_bytes == many.zip_bytes
    assert few.document_bytes == many.document_bytes
    assert few.modules == many.modules


def test_no_literal_is_bundled_or_imported(many: Breadth) -> None:
    providers = {name for name in many.files if name.startswith("gateway/providers/")}
    assert providers == {"gateway/providers/schema.py"}
    imported = {name for name in many.modules if name.startswith("gateway.providers.")}
    assert imported == {"gateway.providers.schema"}


def test_a_family_that_is_configured_is_paid_for(few: Breadth, tmp_path: Path) -> None:
    more = measured(FEW, ["stripe", "gitlab", "twilio"], tmp_path, runs=1)
    families = {"standard_webhooks", "token", "url_form"}
    assert set(more.modules) - set(few.modules) >= {f"gateway.verification.{name}" for name in families}
    assert more.zip_bytes > few.zip_bytes
