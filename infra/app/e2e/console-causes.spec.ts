import type { Browser } from 'playwright-core';
import { inBrowser, openBrowser } from '../test-support/browser.js';
import { ConsoleTabs, expectStatus, Shop, signIn, until, useEngines, whyOf } from '../test-support/index.js';

inBrowser('the page of an order', () => {
  const engines = useEngines();
  let browser: Browser;
  let tabs: ConsoleTabs;
  beforeAll(async () => {
    browser = await openBrowser();
    tabs = new ConsoleTabs(browser);
  }, 60_000);
  afterAll(() => browser.close());
  afterEach(() => expect(tabs.troubles.splice(0)).toEqual([]));

  it('tells why a total is what it is, what led to what, and what is different between two moments', async () => {
    const engine = await engines.start();
    const shop = new Shop(engine);
    await shop.product({ sku: 'S-1', price: 1_250, stock: 10 });
    const orderId = await shop.buy([['S-1', 2]]);
    expectStatus(await shop.ship(orderId), 201);
    await until('the money is captured', async () => (await shop.order(orderId)).payment?.status === 'captured', 20);
    await shop.caughtUp();
    const page = await tabs.open(engine, `/orders/${orderId}`);
    await signIn(page, 'support');
    const { keyboard } = page;

    await whyOf(page, '/totals/total').focus();
    await keyboard.press('Enter');
    const panel = page.getByRole('dialog');
    await panel.getByText('total = subtotal').waitFor();
    expect(await panel.locator('.why-value').textContent()).toBe('$25.00');
    await panel.getByRole('button', { name: /Why totals › subtotal/ }).press('Enter');
    await panel.getByText('2 × Thing S-1').waitFor();
    await panel.getByRole('button', { name: /Back to/ }).press('Enter');
    await panel.getByText('total = subtotal').waitFor();
    await keyboard.press('Escape');
    await panel.waitFor({ state: 'detached' });
    await page.getByText('Shipment created: 2 × Thing S-1').first().waitFor();

    await page.getByRole('link', { name: 'Causation' }).click();
    const { nodes } = await shop.read<{ nodes: readonly { id: string; kind: string }[] }>(
      `/v1/orders/${orderId}/causation`,
      'support',
    );
    await page.locator('[data-node]').first().waitFor();
    expect(await page.locator('[data-node]').count()).toBe(nodes.length);
    const call = nodes.find(({ kind }) => kind === 'provider-call')?.id;
    await page.locator(`[data-node="${String(call)}"] button`).press('Enter');
    const details = page.locator('.causation-details');
    await details.getByText('Idempotency key').waitFor();
    await details
      .getByRole('button', { name: /authorised/ })
      .first()
      .press('Enter');
    await details.getByRole('heading', { name: /authorised/ }).waitFor();

    await page.goto(`${engine.url}/console/orders/${orderId}/changes`);
    await page.getByRole('row').filter({ hasText: 'status' }).filter({ hasText: 'pending' }).first().waitFor();
  }, 120_000);
});
