import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { inBrowser, openBrowser, violations } from '../test-support/browser.js';
import { ConsoleTabs, Shop, signIn, until, useEngines, whyOf } from '../test-support/index.js';

/** Where pictures of the pages go (`npm run screenshots`); none are made elsewhere. */
const PICTURES = process.env.SCREENSHOTS;
const LOOKS = [
  { size: 'narrow', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
  { size: 'wide', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
] as const;

inBrowser('the pages of the console', () => {
  const engines = useEngines();
  let browser: Browser;
  let tabs: ConsoleTabs;
  beforeAll(async () => {
    browser = await openBrowser();
    tabs = new ConsoleTabs(browser);
  }, 60_000);
  afterAll(() => browser.close());

  const open = (...asked: Parameters<ConsoleTabs['open']>) => tabs.open(...asked);
  afterEach(() => expect(tabs.troubles.splice(0)).toEqual([]));

  it('have nothing that WCAG 2.2 AA finds fault with, narrow or wide, light or dark', async () => {
    const engine = await engines.start({ env: { SEED_DEMO: '1' } });
    await until('the demo shop is open', async () => engine.output.includes('placed the orders of the demo shop'), 90);
    const shop = new Shop(engine);
    await shop.caughtUp();
    // The picture shows an order that needs a person, which one of the demo shop does once the provider has refused for good.
    const needs = async () => (await shop.orders()).some(({ attention = [] }) => attention.length > 0);
    if (PICTURES !== undefined) await until('an order needs a person', needs, 400);
    const bought = (await shop.orders()).find((order) => order.status === 'completed' && order.discounts.length > 0);
    const { items } = await shop.read<{ items: readonly { promotionId: string; trigger: string }[] }>(
      '/v1/promotions',
      'admin',
    );
    const promotion = items.find(({ trigger }) => trigger === 'coupon')?.promotionId;
    const order = `/orders/${String(bought?.orderId)}`;
    /** Each with its address and what is there once it is whole. */
    const views: readonly (readonly [name: string, path: string, sign: string])[] = [
      ['attention', '', '.cards, .empty'],
      ['orders', '/orders?status=completed', 'tbody'],
      ['order', order, '.verified'],
      ['order-past', `${order}?asOf=${String(bought?.placedAt)}`, '.time.past'],
      ['causation', `${order}/causation`, '[data-node]'],
      ['changes', `${order}/changes`, 'tbody'],
      ['products', '/products?q=coffee', 'tbody'],
      ['product', '/products/1000237', '.trio'],
      ['promotions', '/promotions', 'tbody'],
      ['promotion', `/promotions/${String(promotion)}`, 'tbody'],
      ['gift-cards', '/gift-cards', 'tbody'],
      ['channels', '/channels', 'tbody'],
      ['pricing', '/pricing', '.card'],
      ['sales', '/sales', '.chart canvas'],
      ['report-payments', '/analytics/reports/payments', '.chart canvas'],
      ['report-funnel', '/analytics/reports/funnel', '.funnel'],
      ['report-customers', '/analytics/reports/customers', '.scrolled'],
      ['report-tax', '/analytics/reports/tax', '.page-head'],
      ['report-stock-outs', '/analytics/reports/stock-outs', '.page-head'],
      ['read-models', '/read-models', 'tbody'],
      ['read-model', '/read-models/sales', '#rebuild'],
      ['processes', '/processes', 'tbody'],
      ['invariants', '/invariants', '.card'],
      ['events', '/analytics/events?type=order.opened.v1', 'tbody'],
      ['export', '/analytics/export', '.code'],
      ['process', `/processes/fulfilment/${String(bought?.orderId)}`, '.timeline'],
    ];
    const found: string[] = [];
    /** Looks at what a page shows, light on a desk and dark on a phone: rules ask about a size or a scheme, none about both. */
    const look = async (page: Page, name: string) => {
      for (const { size, viewport, colorScheme } of LOOKS) {
        await page.setViewportSize(viewport);
        await page.emulateMedia({ colorScheme });
        const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
        if (overflow > 0) found.push(`${name} ${size} is ${overflow} px too wide`);
        found.push(...(await violations(page)).map((violation) => `${name} ${size} ${colorScheme} ${violation}`));
        if (PICTURES === undefined) continue;
        mkdirSync(PICTURES, { recursive: true });
        await page.screenshot({ path: join(PICTURES, `${name}-${size}-${colorScheme}.png`) });
      }
    };
    const walk = async (some: typeof views) => {
      const page = await open(engine);
      await signIn(page);
      for (const [name, path, sign] of some) {
        await page.goto(`${engine.url}/console${path}`);
        await page.locator(sign).first().waitFor();
        await look(page, name);
      }
      return page;
    };
    const eventsPage = async () => {
      const page = await walk([]);
      await page.goto(`${engine.url}/console/analytics/events?type=order.opened.v1`);
      await page.getByRole('button', { name: 'order.opened.v1' }).first().click();
      await page.getByRole('region', { name: 'Example' }).waitFor();
      await look(page, 'event');
    };
    const dialogs = async () => {
      await look(await open(engine), 'sign-in');
      const page = await walk(views.filter(([, path]) => path.startsWith('/orders')));
      await page.keyboard.press('Control+k');
      await page.getByRole('option').first().waitFor();
      await look(page, 'search');
      await page.goto(`${engine.url}/console${order}`);
      await page.getByRole('button', { name: 'Refund' }).click();
      await page.getByRole('dialog').waitFor();
      await look(page, 'refund');
      await page.keyboard.press('Escape');
      await whyOf(page, '/totals/total').click();
      await page.locator('.why-value').waitFor();
      await page.locator('.why-parts summary').first().click();
      await look(page, 'why');
    };
    // Both at once: each waits for the engine half of the time.
    await Promise.all([dialogs().then(eventsPage), walk(views.filter(([, path]) => !path.startsWith('/orders')))]);
    expect(found).toEqual([]);
  }, 600_000);
});
