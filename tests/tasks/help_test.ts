import { deepStrictEqual, match, strictEqual, throws } from "node:assert/strict";
import { helpText, parseTaskArgs, UsageError } from "ser/tasks/help.ts";

Deno.test("helpText() lines the options up and names the way without Deno", () => {
  const text = helpText({
    name: "x",
    usage: "[--long A]",
    about: "Does x.",
    options: [["--long A", "b"]],
  });
  strictEqual(
    text,
    "Usage: deno task x [--long A]\n\nDoes x.\n\n" +
      "  --long A  b\n  --help    this text\n\n" +
      "Without Deno installed: npx -y deno@2.9.6 task x [--long A]",
  );
});

Deno.test("parseTaskArgs() parses options, words and help", () => {
  const options = { quick: { type: "boolean" }, only: { type: "string" } } as const;
  const parsed = parseTaskArgs(["--quick", "06", "--only", "unit", "-h"], options, true);
  deepStrictEqual(parsed.words, ["06"]);
  strictEqual(parsed.values.quick, true);
  strictEqual(parsed.values.only, "unit");
  strictEqual(parsed.help, true);
});

Deno.test("parseTaskArgs() refuses unknown options, words and missing values", () => {
  const options = { only: { type: "string" } } as const;
  throws(() => parseTaskArgs(["--onyl"], options), (error) => {
    match((error as Error).message, /Unknown option '--onyl'/);
    return error instanceof UsageError;
  });
  throws(() => parseTaskArgs(["word"], options), UsageError);
  throws(() => parseTaskArgs(["--only"], options), UsageError);
});
