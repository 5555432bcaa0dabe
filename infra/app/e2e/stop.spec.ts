import { booksBalance, brokenPromises, Shop, Shoppers, until, useEngines } from '../test-support/index.js';

const STOP_SECONDS = 15;

describe('an engine that is asked to stop', () => {
  const engines = useEngines();

  it.each(['SIGINT', 'SIGTERM'] as const)(
    'by %s in the middle of a rush finishes it and ends in time',
    async (signal) => {
      const engine = await engines.start();
      const shop = new Shop(engine);
      const received = new Map([
        ['S-1', 500],
        ['S-2', 20],
      ]);
      for (const [sku, stock] of received) await shop.product({ sku, stock });
      const shoppers = new Shoppers(shop, [...received.keys()]);
      const shopping = shoppers.go(60);
      await until('the rush is on', () => shoppers.acknowledged.length >= 60);

      engine.child.signal(signal);
      expect(await engine.child.end(STOP_SECONDS)).toBe(0);
      expect(engine.child.stderr).not.toMatch(/"level":"(error|fatal)"/);

      await engine.start();
      await shopping;
      await booksBalance(shop, received);
      expect(await brokenPromises(shop, shoppers)).toEqual([]);
    },
    120_000,
  );
});
