"""Joining a Ray cluster, which is never started and must ask for a token."""

import os
import subprocess
import sys

import grpc
import ray
from ray._private.grpc_utils import init_grpc_channel
from ray._raylet import AuthenticationMode, AuthenticationTokenLoader, get_authentication_mode

TIME_TO_ANSWER = 10  # seconds
# Succeeds at a cluster that asks for no token.
CALL = "import sys, ray._raylet as r; r.GcsClient(address=sys.argv[1]).get_all_node_info(timeout=10)"


class Refused(Exception):
    """The cluster cannot or shall not be used."""


def connect(options):
    """Returns the cluster's mail."""
    require_token()
    if options["address"] != "auto":
        require_grpc(options["address"].removeprefix("ray://"))
    env = {}
    if options["send"]:
        env = {"working_dir": options["send"], "excludes": options["leaveOut"]}
    ray.init(address=options["address"], runtime_env=env, log_to_driver=False, logging_level="ERROR")
    mail = Mail.options(resources={"node:__internal_head__": 0.001}).remote()
    if not options["withoutToken"] and not asks_for_token(mail):
        raise Refused("the cluster asks for no token: whoever reaches it runs code on it")
    return mail


def require_token():
    """A client without one would wait for minutes."""
    wanted = get_authentication_mode() == AuthenticationMode.TOKEN
    if wanted and not AuthenticationTokenLoader.instance().has_token(ignore_auth_mode=True):
        raise Refused("this machine has no token")


def require_grpc(place):
    """Ray would wait for minutes for something else that listens there."""
    channel = init_grpc_channel(place)
    try:
        grpc.channel_ready_future(channel).result(timeout=TIME_TO_ANSWER)
    except grpc.FutureTimeoutError:
        raise Refused("what listens there does not answer as Ray does") from None
    finally:
        channel.close()


@ray.remote(num_cpus=0, max_restarts=-1, max_task_retries=-1)
class Mail:
    """What the runs say until the driver asks for it. It lives on the head node."""

    def __init__(self):
        self.letters = []

    def put(self, letter):
        self.letters.append(letter)

    def take(self):
        taken, self.letters = self.letters, []
        return taken

    def asks_for_token(self):
        from ray._raylet import AuthenticationMode, get_authentication_mode

        return get_authentication_mode() != AuthenticationMode.DISABLED


def asks_for_token(mail):
    try:
        return ray.get(mail.asks_for_token.remote())
    except ray.exceptions.RayActorError:
        # nodes without a token cannot call back a driver that has one
        call = [sys.executable, "-c", CALL, ray.get_runtime_context().gcs_address]
        env = {**os.environ, "RAY_AUTH_MODE": "disabled"}
        if subprocess.run(call, env=env, capture_output=True, stdin=subprocess.DEVNULL).returncode == 0:
            return False
        raise
