"""How property tests run: by the number of examples, whatever else the machine is doing, each time the same.

`pytest --hypothesis-profile explore` looks for further ones at random.
"""

from hypothesis import HealthCheck, settings

EXPLORE = settings(deadline=None, print_blob=True, suppress_health_check=[HealthCheck.too_slow])

settings.register_profile("explore", EXPLORE)
settings.register_profile("hookline", EXPLORE, derandomize=True)
settings.load_profile("hookline")
