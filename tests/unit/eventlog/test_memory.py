import pytest

from eventlog.memory import MemoryInbox, MemoryLog
from tests.suites.inbox_suite import InboxSuite
from tests.suites.log_suite import FullLogSuite


class TestMemoryLog(FullLogSuite):
    @pytest.fixture
    def log(self):
        return MemoryLog()


class TestMemoryInbox(InboxSuite):
    @pytest.fixture
    def inbox(self):
        return MemoryInbox()
