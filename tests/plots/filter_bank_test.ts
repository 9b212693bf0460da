import { deepStrictEqual, ok, throws } from "node:assert/strict";
import { melFilterBank } from "ser/features/mel.ts";
import { filterBankFigure } from "ser/plots/filter_bank.ts";

Deno.test("filterBankFigure() draws each triangle from zero to zero, in order of frequency", () => {
  const { data } = filterBankFigure(melFilterBank(), 22050, { every: 32 });
  deepStrictEqual(data.map(({ name }) => name), ["band 0", "band 32", "band 64", "band 96"]);
  const peaks = data.map(({ x, y }) => {
    const weights = y as number[];
    ok(weights.at(-1) === 0);
    return (x as number[])[weights.indexOf(Math.max(...weights))];
  });
  ok(peaks.every((hz, i) => i === 0 || hz > peaks[i - 1]));
});

Deno.test("filterBankFigure() wants a whole step", () => {
  throws(() => filterBankFigure(melFilterBank(), 22050, { every: 0 }), RangeError);
});
