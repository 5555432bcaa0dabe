import { join } from 'node:path';
import type { Browser, Locator, Page } from 'playwright-core';
import { inBrowser, openBrowser, violations } from '../test-support/browser.js';
import {
  ConsoleTabs,
  expectStatus,
  field,
  Shop,
  signIn,
  useEngines,
  type EngineProcess,
} from '../test-support/index.js';

/** Where pictures of the forms go (`npm run screenshots`); none are made elsewhere. */
const PICTURES = process.env.SCREENSHOTS;
/** Rules ask about a size or a scheme, none about both. */
const LOOKS = [
  { size: 'narrow', viewport: { width: 390, height: 844 }, colorScheme: 'dark' },
  { size: 'wide', viewport: { width: 1440, height: 900 }, colorScheme: 'light' },
] as const;

inBrowser('the forms of the console', () => {
  const engines = useEngines();
  let browser: Browser;
  let tabs: ConsoleTabs;
  let engine: EngineProcess;
  let shop: Shop;
  let page: Page;
  beforeAll(async () => {
    browser = await openBrowser();
    tabs = new ConsoleTabs(browser);
  }, 60_000);
  afterAll(() => browser.close());
  afterEach(() => expect(tabs.troubles.splice(0)).toEqual([]));

  const goTo = (path: string) => page.goto(`${engine.url}/console${path}`);
  const button = (name: string): Locator => page.getByRole('button', { name, exact: true });
  const change = (): Locator => page.locator('.differences').first();
  /** What WCAG 2.2 AA finds wrong with the page, narrow and dark as well as wide and light, and how much is too wide for it. */
  const faults = async (form: string) => {
    const found: string[] = [];
    for (const { size, viewport, colorScheme } of LOOKS) {
      await page.setViewportSize(viewport);
      await page.emulateMedia({ colorScheme });
      const overflow = Number(await page.evaluate('document.documentElement.scrollWidth - innerWidth'));
      if (overflow > 0) found.push(`${overflow} px too wide for ${viewport.width}`);
      found.push(...(await violations(page)));
      if (PICTURES !== undefined) await page.screenshot({ path: join(PICTURES, `${form}-${size}-${colorScheme}.png`) });
    }
    return found;
  };
  const asAdmin = (method: 'PATCH' | 'POST' | 'PUT', path: string, body: object) =>
    shop.http.call(method, path, { body, as: 'admin' });

  /** Creates a product by keyboard alone, and changes it on what somebody else has changed meanwhile. */
  const productIsCreatedAndChanged = async () => {
    const { keyboard } = page;
    await goTo('/products');
    await page.getByRole('link', { name: 'New product' }).press('Enter');
    await page.getByLabel('SKU').fill('TEA-1');
    await page.getByLabel('Price').fill('4.999');
    await page.getByLabel('Name').fill('Green tea');
    await page.getByLabel('Categories').fill('Groceries\nTea, green');
    await button('Add an attribute').press('Enter');
    // Who adds a row is in its first field.
    await keyboard.type('packageSize');
    await keyboard.press('Tab');
    await keyboard.type('100 g');
    await keyboard.press('Enter');
    await page.getByText('Price has to be an amount of USD above zero, such as 12.50.').waitFor();
    expect(await page.evaluate('document.activeElement.name')).toBe('price.amount');
    await keyboard.press('Control+a');
    await keyboard.type('4.99');
    await keyboard.press('Enter');
    await page.waitForURL('**/console/products/TEA-1');
    await page.getByText('Groceries › Tea, green').waitFor();
    expect(await field(page, '/price').textContent()).toBe('$4.99');

    await page.getByRole('link', { name: 'Edit', exact: true }).press('Enter');
    await page.getByLabel('Name').fill('Green tea, 100 g');
    await page.getByLabel('Brand').fill('Hillside');
    expectStatus(await asAdmin('PATCH', '/v1/products/TEA-1', { name: 'Tea', description: 'First flush.' }), 200);
    await button('Save').press('Enter');
    const missed = page.getByRole('alert').filter({ hasText: 'somebody else has changed it' });
    await missed.filter({ hasText: 'Name Green tea → Tea' }).filter({ hasText: 'Description' }).waitFor();
    expect(await page.getByLabel('Name').inputValue()).toBe('Green tea, 100 g');
    expect(await page.getByLabel('Description').inputValue()).toBe('First flush.');
    await change().filter({ hasText: 'Name Tea → Green tea, 100 g' }).waitFor();
    expect(await faults('product-form')).toEqual([]);
    await button('Save all the same').press('Enter');
    await page.waitForURL('**/console/products/TEA-1');
    await shop.caughtUp();
    expect(await shop.read('/v1/products/TEA-1')).toMatchObject({
      name: 'Green tea, 100 g',
      brand: 'Hillside',
      description: 'First flush.',
      attributes: { packageSize: '100 g' },
    });
    await page.getByRole('link', { name: 'Edit all prices' }).press('Enter');
    await button('Add a price').press('Enter');
    const tier = page.getByRole('group', { name: 'price 2' });
    await tier.getByLabel('Amount').fill('3.99');
    await button('Save').press('Enter');
    await page
      .getByText('is the same as')
      .or(page.getByText(/^price 2 /))
      .first()
      .waitFor();
    await tier.getByLabel('Units from').fill('10');
    await button('Save').press('Enter');
    await page.getByText('$3.99 from 10 units on').waitFor();
  };

  /** The engine refuses a channel, beside the field and with its code; then it takes it. */
  const channelIsRefusedAndCreated = async () => {
    await goTo('/channels-new');
    await page.getByLabel('Code').fill('at');
    await page.getByLabel('Name').fill('Austria');
    await page.getByLabel('Currencies').fill('eur, xxy');
    await page.getByLabel('Language').fill('de-AT');
    await page.getByLabel('Time zone').fill('Europe/Vienna');
    await button('Create it').click();
    await page.getByRole('alert').filter({ hasText: 'CHANNEL.INVALID' }).waitFor();
    const currencies = page.getByLabel('Currencies');
    expect(await currencies.getAttribute('aria-invalid')).toBe('true');
    await page.getByText('Currencies, number 2, must be an ISO 4217 currency code.').waitFor();
    expect(await faults('channel-form')).toEqual([]);
    await currencies.fill('EUR');
    expect(await currencies.getAttribute('aria-invalid')).toBe('false');
    await button('Create it').click();
    await page.getByRole('link', { name: 'Edit Austria' }).click();
    await page.getByLabel('Countries').fill('at de');
    await button('Save').click();
    await page.locator('tbody tr').filter({ hasText: 'AT, DE' }).waitFor();
  };

  /** Drafts a promotion with its simulation, changes it, issues its coupons and withdraws one. */
  const promotionIsSimulatedAndGiven = async () => {
    expectStatus(await asAdmin('PATCH', '/v1/channels/default', { timeZone: 'Europe/Vienna' }), 200);
    await shop.product({ sku: 'S-1', price: 1_250, stock: 10 });
    await shop.ended(await shop.buy([['S-1', 2]]));
    await shop.caughtUp();
    await goTo('/promotions-new');
    await page.getByLabel('Name').fill('A tenth');
    await page.getByLabel('It is given').selectOption('coupon');
    await page.getByLabel('Percent').fill('10');
    await page.getByLabel('Until').fill('2999-07-01T00:00');
    await button('Simulate').click();
    await page.locator('.figure').filter({ hasText: '$2.50' }).waitFor();
    await page.getByLabel('Percent').fill('20');
    await page.getByText('You have changed it since: simulate again.').waitFor();
    await button('Add a condition').click();
    await page.getByLabel('It holds where').selectOption('quantity');
    await page.getByLabel('Units at least').fill('3');
    await button('Except some of them').click();
    await button('Simulate').click();
    await page.getByRole('alert').filter({ hasText: 'when[0].of.except' }).waitFor();
    await button('Create the draft').click();
    expect(await faults('promotion-form')).toEqual([]);
    await page.getByText(/^Except those \w/).waitFor();
    await button('Except nothing').click();
    await button('Create the draft').click();
    await page.getByText('20 % off the order, with a coupon.').waitFor();
    await page.getByText(/until/i).first().waitFor();
    await shop.caughtUp();
    const { items } = await shop.read<{ items: readonly { promotionId: string; to: string }[] }>(
      '/v1/promotions',
      'admin',
    );
    expect(items[0]?.to).toBe('2999-06-30T22:00:00.000Z');

    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByRole('group', { name: 'condition 1' }).getByRole('button', { name: 'Remove condition 1' }).click();
    await change().filter({ hasText: 'Condition 1' }).waitFor();
    await button('Save').click();
    await button('Activate').click();
    await button('Activate it').click();
    await page.getByRole('link', { name: 'Issue coupons' }).click();
    await page.getByLabel('Which codes').selectOption('given');
    await page.getByLabel('Codes', { exact: true }).fill('SUMMER-26\nno code');
    await button('Issue them').click();
    await page.getByText('Codes, number 2, has to be 4 to 64 letters').waitFor();
    await page.getByLabel('Codes', { exact: true }).fill('SUMMER-26');
    await button('Issue them').click();
    const coupon = page.locator('tbody tr').filter({ hasText: 'SUMMER-26' });
    await coupon.getByRole('button', { name: 'Withdraw' }).click();
    await button('Withdraw it').click();
    await coupon.filter({ hasText: 'deactivated' }).waitFor();
  };

  /** Puts a pricing policy in force; before what was typed is left, it asks. */
  const policyIsPutInForce = async () => {
    await goTo('/pricing');
    await page.getByRole('link', { name: 'Edit' }).click();
    await button('Add a zone').click();
    const zone = page.getByRole('group', { name: 'zone 1' });
    await zone.getByLabel('Countries').fill('at');
    await zone.getByLabel('Name', { exact: true }).fill('USt');
    await zone.getByLabel('Percent').fill('20');
    await button('Add a zone').click();
    await page.getByRole('group', { name: 'zone 2' }).getByLabel('Countries').fill('de');
    await button('Move up zone 2').press('Enter');
    // Who moves a row stays in it.
    await page.waitForFunction('document.activeElement.value === "de"');
    expect(await zone.getByLabel('Countries').inputValue()).toBe('de');
    await button('Remove zone 1').click();
    await page.getByRole('navigation').getByRole('link', { name: 'Orders' }).click();
    const leaving = page.getByRole('alertdialog');
    await leaving.getByRole('button', { name: 'Stay here' }).click();
    // As the button of the browser does; what is held back never loads.
    await page.evaluate('history.back()');
    await leaving.getByRole('button', { name: 'Stay here' }).click();
    await change().filter({ hasText: 'Percent 20' }).waitFor();
    expect(await faults('pricing-form')).toEqual([]);
    // Somebody whose token runs out meanwhile finds what they typed.
    await page.getByRole('button', { name: 'Sign out' }).click();
    await signIn(page);
    await page.getByText('What you typed before you were signed out is here again').waitFor();
    await button('Put it in force').click();
    await page.getByText('USt: 20% contained in prices').waitFor();
    await page.getByRole('link', { name: 'Edit' }).click();
    await page.getByLabel('Percent').fill('21');
    await page.getByRole('navigation').getByRole('link', { name: 'Orders' }).click();
    await leaving.getByRole('button', { name: 'Leave it' }).click();
    await page.waitForURL('**/console/orders');
    await page.getByRole('heading', { name: 'Orders' }).waitFor();
  };

  it('create and change products, channels, promotions with their coupons, and the pricing policy', async () => {
    engine = await engines.start();
    shop = new Shop(engine);
    page = await tabs.open(engine);
    await signIn(page);
    for (const each of [
      productIsCreatedAndChanged,
      channelIsRefusedAndCreated,
      promotionIsSimulatedAndGiven,
      policyIsPutInForce,
    ])
      await each();
  }, 120_000);
});
