import type { Browser } from 'playwright-core';
import { inBrowser, openBrowser } from '../test-support/browser.js';
import {
  ConsoleTabs,
  expectStatus,
  field,
  Shop,
  signIn,
  tokenOf,
  until,
  useEngines,
  whyOf,
  type EngineProcess,
} from '../test-support/index.js';

inBrowser('the console', () => {
  const engines = useEngines('all tests');
  let engine: EngineProcess;
  let shop: Shop;
  let browser: Browser;
  let tabs: ConsoleTabs;
  beforeAll(async () => {
    [browser, engine] = await Promise.all([openBrowser(), engines.start()]);
    tabs = new ConsoleTabs(browser);
    shop = new Shop(engine);
    await shop.product({ sku: 'S-1', price: 1_250, stock: 20 });
  }, 120_000);
  afterAll(() => browser.close());

  const open = (...asked: Parameters<ConsoleTabs['open']>) => tabs.open(...asked);
  afterEach(async () => {
    for (const context of browser.contexts()) await context.close();
    expect(tabs.troubles.splice(0)).toEqual([]);
  });

  it('shows analysts the log: chosen, followed, with the schema beside it, and as commands', async () => {
    await shop.ended(await shop.buy([['S-1', 1]]));
    const page = await open(engine, '', { permissions: ['clipboard-read', 'clipboard-write'] });
    await signIn(page, 'analyst');
    await page.waitForURL('**/console/analytics/**');
    await page.getByRole('navigation').getByRole('link', { name: 'Events' }).click();
    await page.locator('tbody tr').first().waitFor();

    await page.getByLabel('Type').selectOption('order.opened.v1');
    await page.getByRole('button', { name: 'Show' }).click();
    await page.waitForURL('**/console/analytics/events?type=order.opened.v1');
    await until('one order is shown', async () => (await page.locator('tbody tr').count()) === 1);
    await page.getByRole('button', { name: 'order.opened.v1' }).click();
    const event = page.getByRole('region', { name: 'The chosen event' });
    await event.getByRole('region', { name: 'Schema of the data' }).filter({ hasText: '"orderNumber"' }).waitFor();
    expect(await event.getByRole('region', { name: 'Data' }).first().textContent()).toContain('"personal": null');
    await page.getByRole('button', { name: 'Copy as curl' }).click();
    await page.getByText('Copied').waitFor();
    const copied = await page.evaluate<string>('navigator.clipboard.readText()');
    expect(copied).toBe(`curl -sS -H "Authorization: Bearer $TOKEN" '${engine.url}/v1/events?type=order.opened.v1'`);
    await event.getByRole('button', { name: 'All of this request' }).click();
    await until('what the request set off is shown', async () => (await page.locator('tbody tr').count()) > 3);

    await page.goto(`${engine.url}/console/analytics/events?category=order`);
    await page.getByRole('button', { name: 'Follow live' }).click();
    await page.getByText('Nothing was recorded yet').waitFor();
    await shop.ended(await shop.buy([['S-1', 1]]));
    await page.locator('tbody tr').filter({ hasText: 'order.confirmed.v1' }).waitFor();

    await page.getByRole('link', { name: 'Export' }).click();
    await page.getByText('cli -- export --format parquet --out events-parquet').waitFor();
    // The support console is for others.
    expect(await page.getByRole('navigation').getByRole('link').allTextContents()).not.toContain('Orders');
  }, 120_000);

  it('finds an order, takes it back in time and refunds it by keyboard alone', async () => {
    const orderId = await shop.buy([['S-1', 2]]);
    expectStatus(await shop.ship(orderId), 201);
    await until('the money is captured', async () => (await shop.order(orderId)).payment?.status === 'captured', 20);
    await shop.caughtUp();
    const { orderNumber } = await shop.order(orderId);

    const page = await open(engine);
    const { keyboard } = page;
    await page.getByLabel('Access token').focus();
    await keyboard.type('no.token.atall');
    await keyboard.press('Enter');
    await page.getByRole('alert').waitFor();
    await keyboard.press('Control+a');
    await keyboard.type(await tokenOf('admin', 'alice'));
    await keyboard.press('Enter');
    await page.getByRole('navigation').waitFor();
    expect(await page.getByLabel('Access token').count()).toBe(0);

    const started = page.url();
    await keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /search/i }).waitFor();
    // Enter comes before any answer.
    await keyboard.type(orderNumber);
    await keyboard.press('Enter');
    await page.waitForURL(`**/console/orders/${orderId}`);
    await page.goBack();
    await page.waitForURL(started);

    await keyboard.press('Control+k');
    await page.getByRole('combobox', { name: /search/i }).waitFor();
    await keyboard.type(orderNumber.toLowerCase());
    await page.getByRole('option').filter({ hasText: orderNumber }).waitFor();
    await keyboard.press('ArrowDown');
    await keyboard.press('ArrowUp');
    await keyboard.press('Enter');
    await page.waitForURL(`**/console/orders/${orderId}`);
    expect(await field(page, '/status').textContent()).toBe('shipped');
    expect(await field(page, '/totals/total').textContent()).toBe('$25.00');
    await page.getByText('The history is intact').waitFor();

    // It stands still until the moments are known.
    const slider = page.getByRole('slider', { name: /time/i, disabled: false });
    await slider.focus();
    await keyboard.press('Home');
    await field(page, '/status').filter({ hasText: 'pending' }).waitFor();
    expect(await field(page, '/tenders/0/captured').textContent()).toBe('$0.00');
    await keyboard.press('End');
    await field(page, '/status').filter({ hasText: 'shipped' }).waitFor();

    await page.getByRole('button', { name: 'Refund' }).focus();
    await keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await dialog.waitFor();
    await keyboard.press('Escape');
    await dialog.waitFor({ state: 'detached' });
    await keyboard.press('Enter');
    await dialog.getByLabel('Amount').fill('5.5');
    await dialog.getByLabel('Reason').fill('a bruise');
    await keyboard.press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await field(page, '/refunds/0/status').filter({ hasText: 'refunded' }).waitFor();
    expect(await field(page, '/refunds/0/amount').textContent()).toBe('$5.50');
    await page.getByText('Refund of 5.50 USD requested: a bruise').waitFor();

    await page.getByRole('button', { name: 'Add a note' }).focus();
    await keyboard.press('Enter');
    await dialog.getByLabel('Note').fill('<b>Rings</b> again on Monday');
    await dialog.getByRole('button', { name: 'Note it' }).press('Enter');
    await dialog.waitFor({ state: 'detached' });
    await page.locator('.note').filter({ hasText: '<b>Rings</b> again on Monday' }).waitFor();
  }, 120_000);

  it('tells why a total is what it is, what led to what, and what is different between two moments', async () => {
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

  it('says what has changed where somebody else was faster, and does nothing', async () => {
    const orderId = await shop.buy([['S-1', 2]]);
    const page = await open(engine, `/orders/${orderId}`);
    await signIn(page);
    await page.getByRole('button', { name: 'Cancel' }).click();
    const dialog = page.getByRole('dialog');
    const lines = [{ sku: 'S-1', quantity: 1 }];
    const shipping = { body: { lines }, as: 'admin' as const };
    expectStatus(await shop.http.call('POST', `/v1/orders/${orderId}/shipments`, shipping), 201);
    await dialog.getByLabel('Reason').fill('changed their mind');
    await dialog.getByRole('button', { name: 'Cancel the order' }).click();
    await dialog.getByRole('alert').filter({ hasText: 'Shipment created: 1 × Thing S-1' }).waitFor();
    expect(await shop.order(orderId)).toMatchObject({ status: 'partially-shipped' });
    await dialog.getByRole('button', { name: 'Cancel the order all the same' }).click();
    await dialog.waitFor({ state: 'detached' });
    await field(page, '/lines/0/quantityCancelled').filter({ hasText: '1' }).waitFor();
  }, 120_000);

  it('has a stuck process tried again, and shows what it did meanwhile where that was seen too early', async () => {
    const orderId = await shop.buy([['S-1', 1]], 'tok_capture_recovers');
    await shop.ended(orderId);
    expectStatus(await shop.ship(orderId), 201);
    const page = await open(engine, '/');
    await signIn(page);
    await page.getByText('capture failed').waitFor();
    await page.goto(`${engine.url}/console/processes/fulfilment/${orderId}`);
    await page.getByRole('button', { name: 'Bring to its failing end' }).waitFor();
    await page.getByRole('button', { name: 'Try again' }).click();
    const dialog = page.getByRole('dialog');
    await dialog.getByText('asked again for the buyer’s money').waitFor();
    await dialog.getByLabel('Reason').fill('the bank has lifted its block');
    await dialog.getByRole('button', { name: 'Try it again' }).click();
    await dialog.waitFor({ state: 'detached' });
    await shop.orderWhen(orderId, ({ payment }) => payment?.status === 'captured');
    await page.goto(`${engine.url}/console/invariants`);
    await until('all invariants hold', async () => (await page.getByText('holds', { exact: true }).count()) === 6);
  }, 120_000);

  it('follows an order, says when the engine is away, and goes on once it is back', async () => {
    const orderId = await shop.buy([['S-1', 1]]);
    const page = await open(engine, `/orders/${orderId}`);
    await signIn(page, 'support');
    expect(await field(page, '/status').textContent()).toBe('confirmed');
    await engine.kill();
    const away = page.getByRole('alert').filter({ hasText: 'does not answer' });
    await away.waitFor();
    expect(await field(page, '/status').textContent()).toBe('confirmed');
    await engine.start();
    await away.waitFor({ state: 'detached' });
    expectStatus(await shop.ship(orderId), 201);
    await field(page, '/status').filter({ hasText: 'shipped' }).waitFor();
  }, 120_000);
});
