import { equal, match, rejects } from "node:assert/strict";
import { main } from "ser/tasks/models.ts";

Deno.test("models refuses a corpus whose terms do not let others have what was trained on it", async () => {
  await rejects(main(["--corpus", "savee"]), {
    name: "UsageError",
    message:
      /^Cannot export models of SAVEE: expected one of emodb, ravdess, received "savee", whose recordings are for research, after registration/,
  });
  await rejects(
    main(["--corpus", "timit"]),
    /Expected --corpus emodb, ravdess, received "timit"/,
  );
  await rejects(main(["--model", "svm"]), /Expected --model dbn, .* received "svm"/);
});

Deno.test("models --help tells how to use it", async () => {
  const lines: string[] = [], { log } = console;
  console.log = (line: string) => void lines.push(line);
  try {
    equal(await main(["--help"]), 0);
  } finally {
    console.log = log;
  }
  match(lines[0], /^Usage: deno task models \[--corpus NAME\]/);
});
