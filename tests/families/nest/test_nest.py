"""Records that hold records of their own kind, as deep as a reply goes."""

from tests.support.families import FAMILIES, Caller, generated, provider
from wirebook.simulate.server import Running
from wirebook.simulate.simulator import Simulator
from wirebook.simulate.snippets import base_url
from wirebook.simulate.world import Settings

TREE = """
{"name": "a", "parent": {"name": "top"}, "folders": [{"name": "b", "folders": [{"name": "c"}]}]}
"""


def test_a_record_holds_its_own_kind(connect):
    with connect(lambda _: TREE) as (api, _):
        found = api.call("get_folder")
    assert found.parent.name == "top"
    assert found.folders[0].folders[0].name == "c"
    assert found.folders[0].folders[0].folders == ()


def test_the_simulator_comes_to_an_end():
    spec = provider(FAMILIES / "nest")
    with Running(Simulator([spec], Settings(seed=1))) as running:
        options = {"base_url": base_url(spec, running.url), "retries": 0}
        caller = Caller(generated(FAMILIES / "nest"), "sync", options)
        assert caller.call("get_folder").parent is None
        caller.close()
