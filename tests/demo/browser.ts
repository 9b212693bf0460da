/** The page "Try your voice" in a real browser, with every address but its own refused. */
import { join } from "@std/path";
import { type Browser, type BrowserContext, chromium, type Page } from "playwright-core";
import { demoFiles } from "ser/demo/build.ts";
import { writeSite } from "ser/web/write.ts";

/** How a page is looked at. */
export interface View {
  width?: number;
  theme?: "light" | "dark";
}

/** What the browser has. */
export interface BrowserOptions {
  /** A WAV file that is said into the microphone, or `"refused"`: it may not be used. */
  microphone?: string;
}

/** The page, built into a folder, and everything that went wrong on it. */
export class OpenDemo {
  readonly troubles: string[] = [];

  private constructor(readonly folder: string, readonly browser: Browser) {}

  /** Builds the page, once for all tests, and starts the browser. */
  static async open(executablePath: string, { microphone }: BrowserOptions): Promise<OpenDemo> {
    const folder = await (building ??= build());
    const voice = [
      "--use-fake-ui-for-media-stream",
      `--use-file-for-fake-audio-capture=${microphone}%noloop`,
    ];
    const browser = await chromium.launch({
      executablePath,
      args: [
        ...["--no-sandbox", "--use-fake-device-for-media-stream"],
        ...(microphone === "refused" ? ["--deny-permission-prompts"] : voice),
      ],
    });
    return new OpenDemo(folder, browser);
  }

  /** Opens the page as a file, without a network. */
  async visit({ width = 1280, theme = "light" }: View = {}): Promise<Page> {
    const context = await this.browser.newContext({
      viewport: { width, height: 900 },
      colorScheme: theme,
      acceptDownloads: true,
      hasTouch: width < 500,
      isMobile: width < 500,
    });
    await context.setOffline(true);
    return await this.#watched(context);
  }

  async #watched(context: BrowserContext): Promise<Page> {
    const page = await context.newPage();
    page.on("console", (message) => {
      if (["error", "warning"].includes(message.type())) this.troubles.push(message.text());
    });
    page.on("pageerror", (error) => this.troubles.push(error.message));
    page.on("request", (request) => {
      if (!/^(file|data|blob):/.test(request.url())) this.troubles.push(request.url());
    });
    await page.goto(`file://${join(this.folder, "index.html")}`);
    return page;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.browser.close();
  }
}

let building: Promise<string> | undefined;

/** Builds the page into a folder that lives as long as the tests. */
async function build(): Promise<string> {
  const folder = await Deno.makeTempDir();
  addEventListener("unload", () => Deno.removeSync(folder, { recursive: true }));
  await writeSite(folder, await demoFiles(false));
  return folder;
}

/** Waits for an answer or a problem; returns the problem, empty if there is none. */
export async function outcome(page: Page): Promise<string> {
  await page.waitForFunction(() =>
    document.querySelector("#problem")!.textContent !== "" ||
    /Computed on/.test(document.querySelector("#status")!.textContent!)
  );
  return await page.locator("#problem").innerText();
}

/** The probabilities on the page, by network and emotion. */
export async function shownProbabilities(page: Page): Promise<Record<string, number[]>> {
  return await page.evaluate(() =>
    Object.fromEntries(
      [...document.querySelectorAll<HTMLElement>("#answers article")].map((card) => [
        card.querySelector("h3")!.textContent!,
        [...card.querySelectorAll<HTMLElement>("[data-probability]")].map((row) =>
          Number(row.dataset.probability)
        ),
      ]),
    )
  );
}
