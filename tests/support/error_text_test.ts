import { match, strictEqual } from "node:assert/strict";
import { errorText, isOurs } from "ser/support/error_text.ts";
import { SetupError } from "ser/support/setup_error.ts";

const ACTION = 'run "train"';

Deno.test("errorText() leaves the project's own sentences as they are", () => {
  const message = "Cannot load RAVDESS: no Actor_NN folders";
  for (const error of [new Error(message), new RangeError(message), new TypeError(message)]) {
    strictEqual(errorText(error, ACTION), message);
  }
  strictEqual(
    errorText(new SetupError("no C++ compiler"), ACTION),
    'Cannot run "train": no C++ compiler',
  );
});

Deno.test("errorText() says of a system's error what could not be done, and what to do", async () => {
  const missing = await Deno.readTextFile("/no/such/file").catch((error) => error);
  strictEqual(
    errorText(missing, ACTION),
    "Cannot run \"train\": No such file or directory: readfile '/no/such/file'",
  );
  const denied = new Deno.errors.PermissionDenied("Permission denied (os error 13): mkdir '/x'");
  match(errorText(denied, ACTION), /^Cannot run "train": Permission denied: mkdir '\/x'; see that/);
  const full = new Error("No space left on device (os error 28)");
  match(errorText(full, ACTION), /: No space left on device; free some space and run again/);
});

Deno.test("errorText() of the engine's error says how to see where, on one line", () => {
  for (
    const fault of ["x is not a function", "Cannot read properties of undefined (reading 'y')"]
  ) {
    strictEqual(
      errorText(new TypeError(fault), ACTION),
      `Cannot run "train": ${fault}; SER_DEBUG=1 shows where`,
    );
    strictEqual(isOurs(new TypeError(fault)), false);
  }
  match(
    errorText("a word that was thrown", ACTION),
    /^Cannot run "train": a word that was thrown;/,
  );
});
