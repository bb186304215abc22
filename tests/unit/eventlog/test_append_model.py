from hypothesis import settings

from eventlog.memory import MemoryLog
from tests.suites.append_model import machine_of

TestAppendInMemory = machine_of(MemoryLog).TestCase
TestAppendInMemory.settings = settings(max_examples=60, stateful_step_count=30)
