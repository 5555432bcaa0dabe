import { accessSync, constants } from 'node:fs';
import axe from 'axe-core';
import { chromium, type Browser, type Page } from 'playwright-core';

/** Where Debian, Ubuntu, Fedora and macOS have it; `CHROMIUM` names another place. */
const PLACES = [
  process.env.CHROMIUM,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
];

/** Programs that talk to nobody but the engine. */
const ARGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A Chromium on this machine; undefined where there is none. */
const executablePath = PLACES.find((path) => path !== undefined && isProgram(path));

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/** `describe` where there is a browser; elsewhere the suite is skipped and the run says so. */
export const inBrowser = executablePath === undefined ? skipped : describe;

function skipped(title: string, body: () => void): void {
  process.stderr.write(`\nNOT TESTED for want of a Chromium (apt-get install chromium, or CHROMIUM): ${title}\n`);
  describe.skip(title, body);
}

export const openBrowser = (): Promise<Browser> =>
  chromium.launch({ args: ARGS, ...(executablePath === undefined ? {} : { executablePath }) });

const TAGS = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22a', 'wcag22aa'];

interface AxeViolation {
  readonly id: string;
  readonly nodes: readonly { readonly target: readonly string[] }[];
}

/** What WCAG 2.0 to 2.2, A and AA, finds wrong with a page as it is shown: rule and place. */
export async function violations(page: Page): Promise<readonly string[]> {
  // Not by an element of the page, whose policy allows no script of others.
  await page.evaluate(axe.source);
  const found = (await page.evaluate(`axe.run(document, { runOnly: ${JSON.stringify(TAGS)} })`)) as {
    readonly violations: readonly AxeViolation[];
  };
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(' ')}`));
}
