/** What to do about a Ray cluster that cannot be used. @module */

/**
 * Why a cluster cannot be used, and what to do.
 * @param address As in the options of the driver.
 * @param reason What Ray, or the driver, says.
 */
export function refusedText(address = "auto", reason: string): string {
  const where = address === "auto" ? "a Ray cluster on this machine" : `the Ray cluster ${address}`;
  const said = reason.split("\n\n")[0].replace(/\nTraceback.*(?:\n {2}.*)*\n/, " ");
  const hint = hintFor(reason);
  return `Cannot use ${where}: ${said.slice(0, 600)}${hint && `\n${hint}`}`;
}

function hintFor(reason: string): string {
  if (/asks for no token/.test(reason)) {
    return 'Start it with RAY_AUTH_MODE=token (README, section "On a Ray cluster"), or add --without-token if nobody else reaches it';
  }
  if (/token/i.test(reason)) {
    return 'This machine needs the cluster\'s token in ~/.ray/auth_token or RAY_AUTH_TOKEN (README, section "On a Ray cluster")';
  }
  if (/could not find any running ray instance/i.test(reason)) {
    return 'The sweep starts none, for Ray listens on every address of the machine; the README, section "On a Ray cluster", tells how to start one, or give --address';
  }
  if (/failed to connect|connection timeout|does not answer as Ray/i.test(reason)) {
    return "Either something else is there (a node has port 6379, ray:// 10001), or the token of this machine (~/.ray/auth_token or RAY_AUTH_TOKEN) is not the cluster's";
  }
  if (/client server failed/i.test(reason)) {
    return "The head node did not start a process for this client within 30 s: it may be busy; try again";
  }
  if (/version mismatch|versions differ/i.test(reason)) {
    return "Set SER_RAY_PYTHON to a Python with the cluster's versions of Python and Ray";
  }
  if (/exceeds the maximum size|package size/i.test(reason)) {
    return "Ray sends at most 512 MiB: put the corpora on the nodes and name their folder with --node-data";
  }
  return "";
}
