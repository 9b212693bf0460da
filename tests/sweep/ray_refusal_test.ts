import { match, strictEqual } from "node:assert/strict";
import { refusedText } from "ser/sweep/ray_refusal.ts";

Deno.test("refusedText() tells what to do", () => {
  const hints: [reason: string, hint: RegExp][] = [
    [
      "the cluster asks for no token: whoever",
      /\nStart it with RAY_AUTH_MODE=token .*--without-token/,
    ],
    ["this machine has no token", /\nThis machine needs the cluster's token/],
    ["ConnectionError: ray client connection timeout", /\nEither something else is there/],
    ["RuntimeError: no authentication token was found", /\nThis machine needs the cluster's token/],
    [
      "ConnectionError: Could not find any running Ray instance.",
      /\nThe sweep starts none, for Ray/,
    ],
    ["RuntimeError: Version mismatch: The cluster was", /\nSet SER_RAY_PYTHON to/],
  ];
  for (const [reason, hint] of hints) match(refusedText(undefined, reason), hint);
  strictEqual(
    refusedText(undefined, "Oh"),
    "Cannot use a Ray cluster on this machine: Oh",
  );
});

Deno.test("refusedText() leaves out where in Ray it happened", () => {
  const reason = "ConnectionAbortedError: Initialization failure from server:\n" +
    'Traceback (most recent call last):\n  File "proxier.py", line 772, in Datapath\n    raise E(\n' +
    "RuntimeError: Starting Ray client server failed. See the log.\n";
  match(
    refusedText("ray://head:10001", reason),
    /^Cannot use the Ray cluster ray:\/\/head:10001: ConnectionAbortedError: Initialization failure from server: RuntimeError: Starting Ray client server failed\. See the log\.\n?\nThe head node /,
  );
});
