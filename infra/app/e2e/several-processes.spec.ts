import {
  answeredOtherwise,
  booksBalance,
  brokenPromises,
  EitherOf,
  eventually,
  expectStatus,
  HttpClient,
  Shop,
  Shoppers,
  until,
  useEngines,
} from '../test-support/index.js';

const JOURNEYS = 36;
const TAKEOVER_SECONDS = 5;

describe('two engines over one data directory', () => {
  const engines = useEngines();

  it('sell as one, and when one is killed the other takes over at once', async () => {
    const directory = engines.directory();
    const working = await engines.start({ directory });
    const standby = await engines.start({ directory });
    const clients = [new HttpClient(working), new HttpClient(standby)];
    const both = new Shop(working, new EitherOf(clients));
    const survivor = new Shop(standby);
    const received = new Map([
      ['PLENTY', 1000],
      ['SCARCE', 25],
    ]);
    for (const [sku, stock] of received) await survivor.product({ sku, stock });

    const shoppers = new Shoppers(both, [...received.keys()]);
    const shopping = shoppers.go(JOURNEYS);
    await until('half of the shoppers are on their way', () => shoppers.journeys.length > JOURNEYS / 2, 60);
    await working.kill();
    const killedAt = performance.now();
    const orderId = await survivor.buy([['PLENTY', 1]]);
    expect((await survivor.ended(orderId, TAKEOVER_SECONDS)).status).toBe('confirmed');
    expect(performance.now() - killedAt).toBeLessThan(TAKEOVER_SECONDS * 1000);
    await working.start();
    await shopping;

    for (const shop of [survivor, new Shop(working)]) {
      await booksBalance(shop, received);
      expect(await brokenPromises(shop, shoppers)).toEqual([]);
      expect(await answeredOtherwise(shop, shoppers.acknowledged)).toEqual([]);
    }
  }, 90_000);

  it('show through the one what was written through the other', async () => {
    const directory = engines.directory();
    const [first, second] = [await engines.start({ directory }), await engines.start({ directory })];
    const [one, other] = [new HttpClient(first), new HttpClient(second)];
    await new Shop(second).product({ sku: 'S-1', stock: 5 });
    for (const [writer, reader] of [
      [one, other],
      [other, one],
    ] as const) {
      const opened = expectStatus(await writer.call('POST', '/v1/carts', { body: { currency: 'USD' } }), 201);
      const headers = { 'consistency-token': opened.headers.get('consistency-token') ?? 'none' };
      const path = `/v1/carts/${String(opened.json['cartId'])}`;
      expectStatus(await reader.call('GET', path, { headers }), 200);
    }
    await first.stop();
    await eventually('the other one sells alone', async () => {
      const shop = new Shop(second);
      const order = await shop.ended(await shop.buy([['S-1', 1]]), TAKEOVER_SECONDS);
      return order.status === 'confirmed' ? true : undefined;
    });
  }, 60_000);
});
