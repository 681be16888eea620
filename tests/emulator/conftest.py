"""A Slack with nobody connected to it, and a client of the app; tests that need more make their own."""

import pytest

from .echo_app import client_of
from .fake_slack import FakeSlack


@pytest.fixture
async def slack():
    async with FakeSlack.open() as slack:
        yield slack


@pytest.fixture
def client(slack):
    return client_of(slack)
