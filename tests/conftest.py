"""What every test shares."""

import pytest
from hypothesis import settings

from tests import office

# a first import or a loaded machine is slow, which is nothing a property could be wrong about
settings.register_profile("factory_crm", deadline=None, print_blob=True)
settings.load_profile("factory_crm")


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Skip what needs LibreOffice where it is absent, and say so."""
    if item.get_closest_marker("libreoffice"):
        office.require()
