"""Does a run as a node would, without Ray: ray_do_run.py FOLDER_OF_THE_PROGRAM REQUEST OPTIONS.

Prints {"outcome", "letters"}: how it ended, and what was said on the way.
"""

import json
import sys
import types

ray = types.ModuleType("ray")
ray.util = types.SimpleNamespace(get_node_ip_address=lambda: "10.0.0.1")
sys.modules["ray"] = ray
sys.dont_write_bytecode = True
sys.path.insert(0, sys.argv[1])

import ray_node  # noqa: E402

letters = []
mail = types.SimpleNamespace(put=types.SimpleNamespace(remote=letters.append))
outcome = ray_node.do_run(*map(json.loads, sys.argv[2:4]), mail)
print(json.dumps({"outcome": outcome, "letters": letters}))
