/** What holds of every page. */
import axe from "axe-core";
import type { Page } from "playwright-core";

/** How much (px) the page can be scrolled sideways. */
export const overflow = (): number =>
  document.documentElement.scrollWidth - document.documentElement.clientWidth;

/** What axe finds that keeps people out. */
export async function violations(page: Page): Promise<string[]> {
  await page.addScriptTag({ content: axe.source });
  const { violations } = await page.evaluate(() =>
    // deno-lint-ignore no-explicit-any
    (globalThis as any).axe.run({ preload: false }) // it would load the styles anew, which files cannot
  );
  return violations
    .filter(({ impact }: { impact: string }) => impact === "serious" || impact === "critical")
    .flatMap((
      { id, nodes }: { id: string; nodes: { html: string; any: { message: string }[] }[] },
    ) => nodes.map(({ html, any }) => `${id}: ${html.slice(0, 200)} ${any[0]?.message ?? ""}`));
}
