import { match, ok, strictEqual, throws } from "node:assert/strict";
import { SetupError } from "ser/support/setup_error.ts";
import { wheelFor } from "ser/setup/wheel.ts";
import { fileSha256 } from "ser/support/files.ts";

Deno.test("wheelFor() knows the platforms that have a wheel and says so for the others", () => {
  strictEqual(wheelFor("cpu", "darwin", "aarch64").libraries[0], "libtensorflow_cc.2.dylib");
  strictEqual(wheelFor("gpu", "linux", "x86_64").package, "tensorflow");
  match(wheelFor("cpu", "linux", "aarch64").sha256, /^[0-9a-f]{64}$/);
  throws(() => wheelFor("gpu", "darwin", "aarch64"), SetupError);
  throws(() => wheelFor("cpu", "windows", "x86_64"), /for windows x86_64: .*use WSL/);
});

Deno.test("fileSha256() reads a file of more than one block", async () => {
  const path = await Deno.makeTempFile();
  await Deno.writeFile(path, new Uint8Array((1 << 20) + 1));
  const whole = await crypto.subtle.digest("SHA-256", new Uint8Array((1 << 20) + 1));
  const hex = Array.from(new Uint8Array(whole), (byte) => byte.toString(16).padStart(2, "0"));
  strictEqual(await fileSha256(path), hex.join(""));
  ok(await fileSha256(path) !== await fileSha256(new URL(import.meta.url).pathname));
  await Deno.remove(path);
});
