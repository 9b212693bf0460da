import { deepStrictEqual, ok, strictEqual } from "node:assert/strict";
import { loadBackend } from "ser/backend/load.ts";
import { dbnNetwork } from "ser/dbn/network.ts";
import { modelFigure } from "ser/plots/model_diagram.ts";
import { fitted, isWide, narrowHeight } from "ser/site/client/fit.ts";
import { stacked } from "ser/site/client/stack.ts";
import { confusionFigure } from "ser/plots/confusion.ts";
import { confusionPanels } from "ser/plots/confusion_panels.ts";
import { panelLayout } from "ser/plots/curve_panels.ts";
import { axis, baseLayout, type Figure, INK } from "ser/plots/figure.ts";
import { luminance } from "ser/plots/colours.ts";

const single = (): Figure => ({
  data: [{
    type: "scatter",
    y: [1, 2],
    line: { color: "#cb1a14" },
    marker: { color: ["#cb1a14", INK] },
  }],
  layout: { ...baseLayout({ title: "T" }), xaxis: axis("x"), yaxis: axis("y") },
});
const domain = (layout: Figure["layout"], name: string) =>
  (layout[name] as { domain: number[] }).domain.map((value) => Number(value.toFixed(3)));

Deno.test("fitted() leaves the size of a figure that has room, and the figure itself", () => {
  const figure = single(), before = structuredClone(figure);
  const { layout } = fitted(figure, { width: 760, dark: false });
  deepStrictEqual([layout.width, layout.height, layout.title], [720, 340, figure.layout.title]);
  deepStrictEqual(figure, before);
});

Deno.test("fitted() uses the width of a phone and leaves the title to the page", () => {
  const { layout } = fitted(single(), { width: 328, dark: false });
  deepStrictEqual([layout.width, layout.height, layout.title], [
    328,
    narrowHeight(single()),
    undefined,
  ]);
});

Deno.test("fitted() leaves a figure its width that has most of its words beside the plot", async () => {
  await loadBackend();
  const figure = modelFigure(dbnNetwork({ classes: 8 }));
  const matrix = confusionFigure([[5, 1], [0, 6]], ["anger", "sadness"]);
  ok(isWide(figure) && !isWide(single()) && !isWide(matrix));
  const { layout } = fitted(figure, { width: 328, dark: false });
  deepStrictEqual([layout.width, layout.height, layout.margin], [
    figure.layout.width,
    narrowHeight(figure),
    figure.layout.margin,
  ]);
});

Deno.test("fitted() gives a phone's plot the room of a legend beside it, not that of words", () => {
  const right = (legend: object) => {
    const { data, layout } = single();
    const wide = { ...layout, margin: { l: 60, r: 90 }, showlegend: true, legend };
    return (fitted({ data, layout: wide }, { width: 328, dark: false }).layout.margin as {
      r: number;
    }).r;
  };
  deepStrictEqual([right({}), right({ orientation: "h" })], [20, 90]);
});

/** WCAG 2 contrast of a colour with a page. */
function contrast(colour: string, page: string): number {
  const light = [colour, page].map((hex) =>
    luminance(
      [1, 3, 5].map((at) => parseInt(hex.slice(at, at + 2), 16)) as [number, number, number],
    )
  );
  return (Math.max(...light) + 0.05) / (Math.min(...light) + 0.05);
}

Deno.test("fitted() writes in ink that reads well on either page, and lightens dim lines on the dark one", () => {
  for (const [dark, page] of [[false, "#ffffff"], [true, "#14171c"]] as const) {
    const { data, layout } = fitted(single(), { width: 720, dark });
    ok(contrast((layout.font as { color: string }).color, page) >= 7); // WCAG's AAA
    ok(contrast((data[0].line as { color: string }).color, page) >= 3); // WCAG's graphics
    deepStrictEqual(data[0].y, [1, 2]);
  }
});

Deno.test("stacked() puts two panels below each other, accuracy first", () => {
  const layout = panelLayout({
    title: "T",
    losses: [Array(250).fill(1)],
    learningRateSteps: [{ from: 0, rate: 0.001 }, { from: 100, rate: 0.0001 }],
  });
  const high = stacked(layout);
  deepStrictEqual([domain(high, "xaxis"), domain(high, "xaxis2")], [[0, 1], [0, 1]]);
  const [upper, lower] = [domain(high, "yaxis"), domain(high, "yaxis2")];
  ok(upper[0] > lower[1] && upper[1] === 1 && lower[0] === 0, `${upper} above ${lower}`);
  ok(high.height > 1.4 * layout.height);
  deepStrictEqual(high.shapes, layout.shapes); // they belong to their panel's axes
});

Deno.test("stacked() keeps each matrix's title above its matrix", () => {
  const panels = ["a", "b", "c"].map((title) => ({ title, counts: [[1, 0], [0, 1]] }));
  const { layout } = confusionPanels(panels, ["angry", "sad"], { title: "T" });
  const { annotations } = stacked(layout) as unknown as { annotations: Record<string, unknown>[] };
  deepStrictEqual(
    annotations.map((
      { text, xref, yref, x, y },
    ) => [text, xref, yref, Number((x as number).toFixed(9)), y]),
    [
      ["a", "x domain", "y domain", 0.5, 1],
      ["b", "x2 domain", "y2 domain", 0.5, 1],
      ["c", "x3 domain", "y3 domain", 0.5, 1],
    ],
  );
});

Deno.test("stacked() leaves a figure without panels beside each other as it is", () => {
  const { layout } = single();
  strictEqual(stacked(layout), layout);
});
