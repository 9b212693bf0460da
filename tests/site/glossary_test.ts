import { deepStrictEqual, match, ok, strictEqual, throws } from "node:assert/strict";
import { join } from "@std/path";
import { readTerms, TermFinder } from "ser/site/glossary.ts";
import { readNotebook } from "ser/site/notebook.ts";
import { PROJECT_ROOT } from "ser/support/files.ts";

const LIST = `# Glossary

- **frame** (frames): A short stretch
  of the _signal_. [0](00.ipynb), [1](01.ipynb)
- **mel-frequency cepstral coefficient** (MFCC): One number.
  [0](00.ipynb)
- **batch**: Some.
`;

Deno.test("readTerms() reads names and meanings over several lines, without the links at the end", () => {
  deepStrictEqual(readTerms(LIST), [
    { id: "frame", names: ["frame", "frames"], meaning: "A short stretch of the signal." },
    {
      id: "mel-frequency-cepstral-coefficient",
      names: ["mel-frequency cepstral coefficient", "MFCC"],
      meaning: "One number.",
    },
    { id: "batch", names: ["batch"], meaning: "Some." },
  ]);
});

Deno.test("readTerms() refuses a name that two entries have", () => {
  throws(() => readTerms("- **a** (b): x.\n- **b**: y.\n"), {
    name: "SyntaxError",
    message: 'Cannot read the glossary: expected each name once, received "b" twice',
  });
});

Deno.test("TermFinder finds each term once, in any case and in the plural, as a whole word", () => {
  const finder = new TermFinder(readTerms(LIST));
  const found = (text: string) =>
    finder.split(text).map(({ text, term }) => term ? `[${text}]` : text).join("");
  strictEqual(found("timeframes, Frames and a frame"), "timeframes, [Frames] and a frame");
  strictEqual(found("40 MFCCs; mfcc(x)"), "40 [MFCCs]; mfcc(x)");
  strictEqual(found("batches"), "[batches]");
  strictEqual(found("a frame, MFCC, batch"), "a frame, MFCC, batch");
});

Deno.test("the glossary's notebooks have the words that they are named for", async () => {
  const folder = join(PROJECT_ROOT, "notebooks");
  const glossary = await Deno.readTextFile(join(folder, "glossary.md"));
  const terms = readTerms(glossary);
  ok(terms.length >= 60);
  for (
    const [entry, name] of glossary.matchAll(/^- \*\*(.+?)\*\*[\s\S]*?(?=\n- |\n## |$(?![\s\S]))/gm)
  ) {
    const { names } = terms.find((term) => term.names[0] === name)!;
    const links = [...entry.matchAll(/\]\((\d\d_\w+\.ipynb)\)/g)].map(([, link]) => link);
    match(entry, /\]\(\d\d_/, `${name} names a notebook`);
    for (const link of links) {
      const cells = readNotebook(await Deno.readTextFile(join(folder, link)));
      const text = cells.map(({ source }) => source).join(" ").replace(/[\s_*]+/g, " ")
        .toLowerCase();
      const words = [...names, name.split(" of ")[0]];
      ok(
        words.some((word) => text.includes(word.toLowerCase())),
        `${link} has ${words.join(" or ")}`,
      );
    }
  }
});
