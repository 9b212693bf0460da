import { deepStrictEqual, match, strictEqual, throws } from "node:assert/strict";
import {
  COUNT,
  helpText,
  numberOption,
  oneOf,
  parseNumber,
  parseTaskArgs,
  type TaskHelp,
  UsageError,
} from "ser/tasks/help.ts";

const HELP: TaskHelp = {
  name: "setup",
  about: "Does x.",
  options: [["--quick", "b"], ["--only PART", "c"], ["--set X...", "d"]],
};

Deno.test("helpText() lines the options up and names the way without Deno", () => {
  strictEqual(
    helpText(HELP),
    "Usage: deno task setup [--gpu] [--again]\n\nDoes x.\n\n" +
      "  --quick      b\n  --only PART  c\n  --set X...   d\n  --help       this text\n\n" +
      "Without Deno installed: npx -y deno@2.9.6 task setup [--gpu] [--again]",
  );
});

Deno.test("parseTaskArgs() parses the options that the help lists, and words", () => {
  const args = ["--quick", "06", "--only", "unit", "--set", "a=1", "--set=b=2"];
  const { values, words } = parseTaskArgs(args, { ...HELP, words: true })!;
  deepStrictEqual(words, ["06"]);
  deepStrictEqual({ ...values }, { quick: true, only: "unit", set: ["a=1", "b=2"] });
});

Deno.test("parseTaskArgs() prints the help and leaves nothing to do", () => {
  const printed: string[] = [], { log } = console;
  console.log = (text: string) => printed.push(text);
  try {
    strictEqual(parseTaskArgs(["--quick", "-h"], HELP), undefined);
  } finally {
    console.log = log;
  }
  deepStrictEqual(printed, [helpText(HELP)]);
});

Deno.test("parseTaskArgs() refuses unknown options, words, missing and empty values", () => {
  throws(() => parseTaskArgs(["--onyl"], HELP), (error) => {
    match((error as Error).message, /Unknown option '--onyl' \(did you mean "--only"\?\)/);
    return error instanceof UsageError;
  });
  for (const args of [["word"], ["--only"], ["--only="], ["--only", ""], ["--set="]]) {
    throws(() => parseTaskArgs(args, HELP), UsageError);
  }
});

Deno.test("oneOf() lists what is accepted and names the nearest", () => {
  strictEqual(oneOf("--model", "cnn", ["cnn", "lstm"]), "cnn");
  throws(() => oneOf("--model", "piano", ["cnn", "lstm"]), {
    name: "UsageError",
    message: 'Expected --model cnn, lstm, received "piano"',
  });
});

Deno.test("numberOption() takes decimal digits alone, in range", () => {
  strictEqual(numberOption({}, "seed"), undefined);
  strictEqual(numberOption({ seed: "0" }, "seed"), 0);
  strictEqual(parseNumber("1e-3"), 0.001);
  strictEqual(parseNumber("-.5"), -0.5);
  for (const text of ["", " ", "three", "0x10", "1.5", "-1", "Infinity", "1e400", "3 "]) {
    throws(() => numberOption({ seed: text }, "seed"), {
      name: "UsageError",
      message: `Expected --seed to be a whole number, received "${text}"`,
    });
  }
  throws(
    () => numberOption({ epochs: "0" }, "epochs", COUNT),
    /a whole number from 1, received "0"/,
  );
});
