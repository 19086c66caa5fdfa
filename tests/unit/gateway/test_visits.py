"""A URL is called over https alone, and whoever does not answer well is our trouble for now."""

import pytest

from gateway.errors import StoreUnavailable
from gateway.stores.visits import Visits
from hookline.local.emulator import free_port


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1/", "ftp://127.0.0.1/", "//127.0.0.1/", "https:///path", "", "https://"]
)
def test_no_other_kind_of_url_is_called(url: str) -> None:
    with pytest.raises(StoreUnavailable, match="no https one"):
        Visits().call(url)


def test_nobody_at_the_other_end_is_told_without_the_url_s_token() -> None:
    with pytest.raises(StoreUnavailable, match=r"127\.0\.0\.1 could not be called: \w+$") as raised:
        Visits().call(f"https://127.0.0.1:{free_port()}/?Token=secret")
    assert "secret" not in str(raised.value)
