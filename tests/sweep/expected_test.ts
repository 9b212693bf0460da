import { deepStrictEqual } from "node:assert/strict";
import { loadDataset } from "ser/corpora/dataset.ts";
import { expectedData } from "ser/sweep/expected.ts";
import { experiment } from "ser/training/experiment.ts";
import { describeData, splitOf } from "ser/training/run_data.ts";

Deno.test("expectedData() knows from the manifest alone what a run on the audio has", async () => {
  const dataset = await loadDataset("emodb");
  for (const split of ["random", "stratified", "speaker-independent"] as const) {
    const fold = split === "speaker-independent" ? 3 : undefined;
    const described = experiment({ corpus: "emodb", seed: 4, split, fold });
    const parts = splitOf(described, dataset);
    const { data, tested } = await expectedData(described);
    deepStrictEqual(data, await describeData(dataset, parts));
    deepStrictEqual(
      tested.map(({ id, label }) => [id, label]),
      Array.from(parts.test, (i) => [dataset.corpus.utterances[i].id, dataset.labels[i]]),
    );
  }
});
