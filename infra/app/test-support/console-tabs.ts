import type { Browser, BrowserContextOptions, Locator, Page } from 'playwright-core';
import type { EngineProcess } from './engine-process.js';
import { tokenOf } from './http-client.js';

/** Opens pages of the console, each in a tab of its own, and knows what went wrong in any of them. */
export class ConsoleTabs {
  /** Scripts that failed, and what the policy of the pages forbade. */
  readonly troubles: string[] = [];

  constructor(private readonly browser: Browser) {}

  async open(engine: EngineProcess, path = '', options: BrowserContextOptions = {}): Promise<Page> {
    const context = await this.browser.newContext({ locale: 'en-US', reducedMotion: 'reduce', ...options });
    const page = await context.newPage();
    page.on('pageerror', (error) => this.troubles.push(error.message));
    page.on('console', (message) => {
      if (/Content.Security.Policy/i.test(message.text())) this.troubles.push(message.text());
    });
    await page.goto(`${engine.url}/console${path}`);
    return page;
  }
}

export async function signIn(page: Page, role: 'admin' | 'support' | 'analyst' = 'admin'): Promise<void> {
  await page.getByLabel('Access token').fill(await tokenOf(role, 'alice'));
  await page.getByRole('button', { name: 'Sign in' }).click();
  await page.getByRole('navigation').waitFor();
}

/** The shown field at a JSON Pointer of the document that a page shows. */
export const field = (page: Page, pointer: string): Locator => page.locator(`[data-field="${pointer}"]`);

/** The button that asks why a field is what it is. */
export const whyOf = (page: Page, pointer: string): Locator =>
  page
    .locator('.asked', { has: field(page, pointer) })
    .getByRole('button', { name: 'Why…' })
    .first();
