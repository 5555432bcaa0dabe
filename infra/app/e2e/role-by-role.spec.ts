import {
  answeredOtherwise,
  booksBalance,
  brokenPromises,
  expectStatus,
  HttpClient,
  Shop,
  Shoppers,
  TwoFaced,
  until,
  useEngines,
  type EngineProcess,
} from '../test-support/index.js';

const JOURNEYS = 36;
const TAKEOVER_SECONDS = 5;

describe('every role in a process of its own, sagas and projections twice', () => {
  const engines = useEngines();

  it('loses nothing and does nothing twice when those at work are killed, and the others take over at once', async () => {
    const directory = engines.directory();
    const start = (role: string, env = {}): Promise<EngineProcess> =>
      engines.start({ directory, env: { ROLES: role, ...env } });
    const writeSide = await start('write-side');
    const webhooks = { WEBHOOK_URL: writeSide.url };
    const [sagas, otherSagas] = [await start('sagas', webhooks), await start('sagas', webhooks)];
    const [projections, otherProjections] = [await start('projections'), await start('projections')];
    const readApi = await start('read-api');
    expect(otherSagas.output).toContain('standing by');
    const http = new TwoFaced(new HttpClient(writeSide), new HttpClient(readApi));
    const shop = new Shop(readApi, http);
    const received = new Map([
      ['PLENTY', 1000],
      ['SCARCE', 25],
    ]);
    for (const [sku, stock] of received) await shop.product({ sku, stock });

    const shoppers = new Shoppers(shop, [...received.keys()]);
    const shopping = shoppers.go(JOURNEYS);
    const takenOver = async (killed: readonly EngineProcess[]): Promise<void> => {
      await Promise.all(killed.map((engine) => engine.kill()));
      const killedAt = performance.now();
      expect((await shop.ended(await shop.buy([['PLENTY', 1]]), TAKEOVER_SECONDS)).status).toBe('confirmed');
      expect(performance.now() - killedAt).toBeLessThan(TAKEOVER_SECONDS * 1000);
    };
    await until('a third of the shoppers are on their way', () => shoppers.journeys.length > JOURNEYS / 3, 60);
    await takenOver([sagas, projections]);
    await Promise.all([sagas.start(), projections.start()]);
    await until('two thirds are on their way', () => shoppers.journeys.length > (JOURNEYS * 2) / 3, 60);
    await takenOver([otherSagas, otherProjections]);
    await shopping;

    await booksBalance(shop, received);
    expect(shoppers.journeys).toHaveLength(JOURNEYS);
    expect(await brokenPromises(shop, shoppers)).toEqual([]);
    expect(await answeredOtherwise(shop, shoppers.acknowledged)).toEqual([]);
    const late = await Promise.all(
      ['tok_timeout', 'tok_timeout_declined'].map(async (token) => shop.ended(await shop.buy([['PLENTY', 1]], token))),
    );
    expect(late.map(({ status }) => status)).toEqual(['confirmed', 'rejected']);
    for (const { url } of [writeSide, sagas, projections, readApi]) {
      expectStatus(await new HttpClient({ url }).call('GET', '/readyz'), 200);
    }
  }, 120_000);
});
