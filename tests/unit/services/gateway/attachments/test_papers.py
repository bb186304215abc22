from contracts.words import PAPERS
from services.gateway.documents.kinds import KINDS


def test_every_paper_that_the_desk_prints_may_come_back_signed():
    assert {kind.replace("-", "_") for kind in KINDS} <= set(PAPERS)
