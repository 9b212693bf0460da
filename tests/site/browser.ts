/** The site in a real browser, with every address but its own refused. */
import { join } from "@std/path";
import { type Browser, chromium, type Page } from "playwright-core";
import { siteFiles } from "ser/site/site.ts";
import { exists, PROJECT_ROOT } from "ser/support/files.ts";
import { writeSite } from "ser/web/write.ts";

const USUAL = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"];

/** A Chromium, or why there is none. */
export async function findChromium(): Promise<{ chromium: string } | { missing: string }> {
  if (Deno.env.get("SER_SITE_TESTS") !== "1") return { missing: "SER_SITE_TESTS=1 runs it" };
  for (const path of [Deno.env.get("SER_CHROMIUM") ?? "", ...USUAL]) {
    if (path && await exists(path)) return { chromium: path };
  }
  return { missing: "no Chromium here; SER_CHROMIUM names one" };
}

/** How a page is looked at. */
export interface View {
  width: number;
  theme: "light" | "dark";
}

/** A site in a folder, a browser, and everything that went wrong on any page. */
export class OpenSite {
  readonly troubles: string[] = [];

  private constructor(
    readonly folder: string,
    readonly pages: readonly string[],
    readonly browser: Browser,
  ) {}

  /** Builds the site and starts the browser. */
  static async open(executablePath: string): Promise<OpenSite> {
    const folder = await Deno.makeTempDir(), files = await siteFiles(PROJECT_ROOT);
    await writeSite(folder, files);
    const reading = [...files.keys()].filter((path) => /^[^/]+\.html$/.test(path)).sort();
    const pages = [...reading, "source/lib/index.html", "source/lib/features/mfcc.ts.html"];
    const browser = await chromium.launch({ executablePath, args: ["--no-sandbox"] });
    return new OpenSite(folder, pages, browser);
  }

  /** Opens a page as a file. */
  async visit(path: string, { width, theme }: View): Promise<Page> {
    const phone = width < 500;
    const context = await this.browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: theme,
      hasTouch: phone,
      isMobile: phone,
    });
    await context.route(/^https?:/, (route) => route.abort());
    const page = await context.newPage();
    page.on("console", (message) => {
      if (message.type() === "error") this.troubles.push(`${path}: ${message.text()}`);
    });
    page.on("pageerror", (error) => this.troubles.push(`${path}: ${error.message}`));
    page.on("request", (request) => {
      if (!/^(file|data|blob):/.test(request.url())) {
        this.troubles.push(`${path}: ${request.url()}`);
      }
    });
    await page.goto(`file://${join(this.folder, path)}`);
    return page;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
    await Deno.remove(this.folder, { recursive: true });
  }
}

/** Scrolls to each figure of a page; returns those that have not been drawn within 20 s. */
export async function figuresNotDrawn(page: Page): Promise<string[]> {
  const missing: string[] = [];
  for (const figure of await page.locator("figure[data-figure]").all()) {
    await figure.scrollIntoViewIfNeeded();
    const drawn = page.locator(`#${await figure.getAttribute("id")}.drawn .live .main-svg`).first();
    await drawn.waitFor({ state: "attached", timeout: 20_000 })
      .catch(async () => missing.push(String(await figure.getAttribute("data-figure"))));
  }
  return missing;
}
