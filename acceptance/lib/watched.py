"""The demo as an environment that is watched with clients of our own."""
import json

from product import WORK


def watched(demo, home, holds=300):
    """The demo as an environment that is watched, with a trigger that fires sooner than the usual one."""
    told = json.loads((home / "demo/demo.json").read_text())
    folder = WORK / "environments"
    folder.mkdir()
    (folder / "token").write_text(told["token"] + "\n")
    (folder / "token").chmod(0o600)
    nodes = "".join(f'  {name}: {{ values: {{ ws: "{node["ws"]}" }} }}\n' for name, node in told["nodes"].items())
    (folder / "watched.yaml").write_text(f"""lockkeeper: 1
environment: demo
tier: sandbox
versions: [v1, v2]
nodes:
{nodes}service: {{ url: "{told['admin']}", feed: "{told['feed']}", token: {{ file: token }}, balancer: front }}
probe: {{ url: "{{ws}}" }}
clients: {{ url: "{told['front']}", heartbeat: {{ every: 1s }}, silence: 3s, sentinels: 12 }}
triggers:
  success-rate: {{ for: {holds}s }}
""")
    return folder / "watched.yaml"
