import {
  answeredOtherwise,
  booksBalance,
  brokenPromises,
  Shop,
  Shoppers,
  until,
  useEngines,
  type EngineProcess,
} from '../test-support/index.js';

const JOURNEYS = 45;
const KILLS = 2;

const anyOf = (limit: number): number => Math.floor(Math.random() * limit);

/** Kills the engine at a moment that nobody chose, and once more while it is starting. */
async function crashOnce(engine: EngineProcess, shoppers: Shoppers, alsoAtStart: boolean): Promise<void> {
  const moment = shoppers.acknowledged.length + 15 + anyOf(40);
  await until('some more requests are answered', () => shoppers.acknowledged.length >= moment, 60);
  await engine.kill();
  if (alsoAtStart) {
    const starting = engine.start().catch(() => undefined);
    let polls = anyOf(30);
    await until('a moment later', () => polls-- <= 0);
    await engine.kill();
    await starting;
  }
  await engine.start();
}

describe('a killed engine', () => {
  const engines = useEngines();

  it('has everything that it acknowledged, nothing twice, and ends what it had begun', async () => {
    const engine = await engines.start();
    const shop = new Shop(engine);
    const received = new Map([
      ['PLENTY', 1000],
      ['ENOUGH', 300],
      ['SCARCE', 25],
    ]);
    for (const [sku, stock] of received) await shop.product({ sku, stock });

    const shoppers = new Shoppers(shop, [...received.keys()]);
    const shopping = shoppers.go(JOURNEYS);
    for (let kill = 0; kill < KILLS; kill++) await crashOnce(engine, shoppers, kill % 2 === 1);
    await shopping;

    await booksBalance(shop, received, 60);
    expect(shoppers.journeys).toHaveLength(JOURNEYS);
    expect(await brokenPromises(shop, shoppers)).toEqual([]);
    const statuses = new Set((await shop.orders()).map(({ status }) => status));
    expect([...statuses].sort()).toEqual(expect.arrayContaining(['cancelled', 'confirmed', 'rejected', 'shipped']));

    await engine.kill();
    await engine.start();
    expect(await answeredOtherwise(shop, shoppers.acknowledged)).toEqual([]);
    await booksBalance(shop, received);
  }, 180_000);
});
