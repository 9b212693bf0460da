"""A try of a run, as a task on a node of a Ray cluster. Ray sends this code there."""

import fcntl
import os
import shutil
import subprocess

import ray
from ray_worker import Died, follow, last_lines, start


def do_run(request, options, mail):
    """The outcome of one try: {"type": "finished" | "failed" | "died", ...}."""

    def say(kind, **fields):
        mail.put.remote({"type": kind, "run": request["run"], "attempt": request["attempt"], **fields})

    node = ray.util.get_node_ip_address()
    project = options["project"] or os.getcwd()  # where Ray puts what it is sent
    try:
        if not os.path.isfile(os.path.join(project, "lib", "sweep", "worker.ts")):
            raise Died(f'the project is not in "{project}"')
        deno = find_deno(options["deno"])
        if options["send"]:
            set_up(deno, project, options["need"]["gpus"] > 0, say)
        say("started", node=node)
        outcome = follow(start(deno, project, options["env"]), request, options["silentEpochs"], say)
    except Died as error:
        return {"type": "died", "reason": f"on {node}, {error}"}
    if outcome["type"] == "finished" and not outcome["storedBefore"]:
        runs = os.path.join(project, "outputs", "mine", "runs")
        shutil.rmtree(os.path.join(runs, request["run"]), ignore_errors=True)
    return outcome


def find_deno(version):
    if shutil.which("deno"):
        return ["deno"]
    if shutil.which("npx"):
        return ["npx", "-y", f"deno@{version}"]
    raise Died("there is neither deno nor npx")


def set_up(deno, project, gpu, say):
    """What the tasks do on a reader's machine; once for each copy of the project, by one run at a time."""
    ready = os.path.join(project, ".ready")
    with open(os.path.join(project, ".ready.lock"), "w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        if os.path.exists(ready):
            return
        call([*deno, "install", "--quiet"], project)
        try:
            call([*deno, "run", "-A", "lib/tasks/mod.ts", "setup", *(["--gpu"] if gpu else [])], project)
        except Died as error:
            node = ray.util.get_node_ip_address()
            text = f"on {node}, {error}\nGoing on with a slower back end"
            say("said", message={"type": "warning", "text": text})
        open(ready, "w").close()


def call(command, folder):
    env = {**os.environ, "NO_COLOR": "1"}
    done = subprocess.run(command, cwd=folder, env=env, capture_output=True, text=True, stdin=subprocess.DEVNULL)
    if done.returncode != 0:
        raise Died(f"{' '.join(command)} failed:{last_lines(done.stderr.splitlines())}")
