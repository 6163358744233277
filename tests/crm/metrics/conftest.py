"""A test's docstring is its tables; every test that asks for them runs on every engine."""

import pytest

from tests.crm.metrics import drawing


@pytest.fixture(params=drawing.EACH)
def engine(request):
    return request.param


@pytest.fixture
def tables(request, engine):
    return drawing.on(engine, drawing.drawn(request.function.__doc__ or ""))
