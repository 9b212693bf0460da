import { deepStrictEqual, rejects, strictEqual } from "node:assert/strict";
import { callRay, parseRayAddress } from "ser/sweep/ray_address.ts";

const { signal } = new AbortController();

Deno.test("parseRayAddress() reads names, IPv4 and IPv6, with a client or on a node", () => {
  deepStrictEqual(parseRayAddress("head.lab.org:6379"), { hostname: "head.lab.org", port: 6379 });
  deepStrictEqual(parseRayAddress("ray://10.0.0.1:10001"), { hostname: "10.0.0.1", port: 10001 });
  deepStrictEqual(parseRayAddress("ray://[fe80::1]:1"), { hostname: "fe80::1", port: 1 });
});

Deno.test("parseRayAddress() takes nothing else", () => {
  const others = ["auto", "local", "", "head", "head:", ":1", "head:0", "head:65536", "fe80::1:1"];
  for (const text of [...others, "http://head:8265", "ray://head:1/x", "he ad:1"]) {
    strictEqual(parseRayAddress(text), undefined, text);
  }
});

Deno.test("callRay() calls and hangs up, and says when nothing is there", async () => {
  const listener = Deno.listen({ hostname: "127.0.0.1", port: 0 }), { port } = listener.addr;
  const called = listener.accept();
  await callRay(`ray://127.0.0.1:${port}`, signal);
  const connection = await called;
  strictEqual(await connection.read(new Uint8Array(1)), null);
  connection.close();
  listener.close();
  await rejects(callRay(`127.0.0.1:${port}`, signal), {
    name: "ClusterError",
    message: new RegExp(
      `^Cannot reach the Ray cluster 127.0.0.1:${port}: expected something to listen there, ` +
        "received: Connection refused.*\nRay has to be started there ",
    ),
  });
});

Deno.test("callRay() asks nobody where Ray looks for itself, and can be given up", async () => {
  await callRay("auto", signal);
  await rejects(callRay("127.0.0.1:1", AbortSignal.abort()), { name: "AbortError" });
});
