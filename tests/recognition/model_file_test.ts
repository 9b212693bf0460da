import { deepStrictEqual, throws } from "node:assert/strict";
import { modelFileText, readModelFile } from "ser/recognition/model_file.ts";
import { exampleFile } from "./example.ts";

const file = await exampleFile("sdnn"), text = modelFileText(file);

Deno.test("readModelFile() reads what modelFileText() wrote: as text, bytes or parsed", () => {
  const stored = JSON.parse(JSON.stringify(file));
  for (const source of [text, new TextEncoder().encode(text), JSON.parse(text)]) {
    deepStrictEqual(readModelFile(source, "sdnn.json"), stored);
  }
});

Deno.test("readModelFile() notices a changed digit, a cut and what is no JSON", () => {
  const damaged = {
    name: "SyntaxError",
    message: /"sdnn\.json".*the file is damaged; restore it$/,
  };
  throws(
    () => readModelFile(text.replace('"temperature":2', '"temperature":3'), "sdnn.json"),
    damaged,
  );
  throws(() => readModelFile(text.slice(0, -100), "sdnn.json"), damaged);
  throws(() => readModelFile(new Uint8Array(50), "sdnn.json"), damaged);
  const { network: _, ...without } = JSON.parse(text);
  throws(() => readModelFile(without, "sdnn.json"), damaged);
});

Deno.test("readModelFile() tells other files and other versions from damage", () => {
  throws(() => readModelFile('{"format":"other"}', "x.json"), {
    name: "SyntaxError",
    message:
      'Cannot read the model file "x.json": expected the format "ser-model", received "other"',
  });
  throws(() => readModelFile("null", "x.json"), { name: "SyntaxError", message: /received none$/ });
  const version = (other: number) => text.replace('"version":3', `"version":${other}`);
  const message = 'Cannot read the model file "x.json": expected version 3, received ';
  throws(() => readModelFile(version(4), "x.json"), {
    name: "RangeError",
    message: message + "4; take the version of the project that wrote it",
  });
  throws(() => readModelFile(version(2), "x.json"), { // does not say how much silence there was
    name: "RangeError",
    message: message + '2; "deno task models" makes it anew',
  });
});
