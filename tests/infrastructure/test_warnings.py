"""What deserves a second look is shown at each synth."""

import json
from pathlib import Path

from tests.infrastructure.templates import synthesise


def test_a_window_that_the_provider_s_retries_outlast_is_warned_of(tmp_path: Path) -> None:
    config = tmp_path / "hookline.yaml"
    sources = {
        "short": {"provider": "stripe", "deduplicate": {"window": "1h"}},
        "long": {"provider": "stripe", "deduplicate": {"window": "72h"}},
    }
    config.write_text(json.dumps({"sources": sources}))
    templates = synthesise(tmp_path / "out", "prod", config)
    entries = json.loads((templates.folder / "hookline-prod.metadata.json").read_text())
    told = [
        str(entry["data"])
        for metadata in entries.values()
        for entry in metadata
        if entry["type"] == "aws:cdk:warning"
    ]
    [warning] = [one for one in told if "redelivers" in one]
    assert (
        "sources.short.deduplicate.window: 1h is shorter than the 3d for which Stripe redelivers" in warning
    )
