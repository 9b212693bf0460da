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

/**
 * What is hard to read on a page: running text of more than 80 characters a line on average, code
 * smaller than 14 px, a table that its box cuts off.
 * @param tables Whether tables have to fit; on a phone they scroll.
 */
export function hardToRead(tables: boolean): string[] {
  const problems: string[] = [];
  for (const text of document.querySelectorAll<HTMLElement>("main p, main li")) {
    if (text.querySelector(".katex, table, ul, img, audio") || !text.checkVisibility()) continue;
    const { height } = text.getBoundingClientRect(), { lineHeight } = getComputedStyle(text);
    const lines = Math.round(height / parseFloat(lineHeight));
    const length = text.innerText.replace(/\s+/g, " ").length;
    if (lines > 2 && length / lines > 80) problems.push(`${length / lines} characters: ${text.id}`);
  }
  for (const code of document.querySelectorAll("main code, main pre")) {
    const size = parseFloat(getComputedStyle(code).fontSize);
    if (size < 14) problems.push(`${size} px: ${code.textContent!.slice(0, 40)}`);
  }
  for (const box of document.querySelectorAll(tables ? "main .scroll" : "none")) {
    const cut = box.scrollWidth - box.clientWidth;
    if (cut > 1) problems.push(`a table ${cut} px too wide: ${box.textContent!.slice(0, 40)}`);
  }
  return problems;
}
