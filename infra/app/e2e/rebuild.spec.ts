import { cartsReadModel } from '../../../projections/cart/index.js';
import { openSqliteReadStore } from '../../read-store/sqlite/index.js';
import {
  embeddedOnly,
  booksBalance,
  expectStatus,
  killHalfWay,
  Shop,
  until,
  useEngines,
  type Child,
} from '../test-support/index.js';

const NAMES = ['products', 'stock', 'carts', 'orders', 'payments', 'order-history', 'sales', 'search'];

async function ends(child: Child, code = 0): Promise<string> {
  const ended = await child.end(60);
  if (ended !== code) throw new Error(`ended with ${ended}:\n${child.output}`);
  return child.stdout;
}

const { it: itOnFiles } = embeddedOnly('a rebuild beside the file of the read models, which is locked or changed');

/** Changes a live document behind the engine's back. */
async function spoil(directory: string, model: string, id: string, changes: object): Promise<void> {
  const store = await openSqliteReadStore({ directory, access: 'read-write' });
  const live = (await store.collections()).find((state) => state.name === model && state.live);
  const found = await store.get<object>(model, id);
  if (live === undefined || found === undefined) throw new Error(`there is no ${model} ${id}`);
  const doc = { ...found.doc, ...changes };
  await store.commitAll([{ collection: live, writes: [{ id, position: found.position, doc }], guard: 'none' }]);
  await store.close();
}

describe('a rebuild from the command line', () => {
  const engines = useEngines();

  it('swaps equal read models in while the engine sells, and while it is stopped', async () => {
    const directory = engines.directory();
    const engine = await engines.start({ directory });
    const shop = new Shop(engine);
    const received = new Map([['S-1', 500]]);
    await shop.product({ sku: 'S-1', stock: 500 });
    const sold = async (orders: number): Promise<void> => {
      for (let n = 0; n < orders; n++) await shop.ended(await shop.buy([['S-1', 1]]));
    };
    await sold(5);

    const rebuilding = engines.cliOver(directory, 'rebuild', '--all');
    while (rebuilding.ended === undefined) await sold(1);
    const output = await ends(rebuilding);
    for (const name of NAMES) expect(output).toMatch(new RegExp(`^${name}: ${name}@\\d+\\.1 is live`, 'm'));
    for (const name of ['orders', 'stock', 'sales'])
      expect(output).toMatch(new RegExp(`^${name}: \\d+ documents compared, all are the same`, 'm'));
    await sold(2);
    await booksBalance(shop, received);

    expect(await engine.stop()).toBe(0);
    expect(await ends(engines.cliOver(directory, 'rebuild', 'orders'))).toMatch(/orders@\d+\.2 is live/);
    await engines.lose(engine, 'search');
    expect(await ends(engines.cliOver(directory, 'rebuild', 'search'))).toContain('there was none, it is live');
    expect(await ends(engines.cliOver(directory, 'rebuild', 'saga-instances'))).toContain('read the log again');
    await engine.start();
    await sold(1);
    await booksBalance(shop, received);
  }, 120_000);

  itOnFiles(
    'tells of a read model that is not what the log says, swaps it in all the same, and ends with 3',
    async () => {
      const directory = engines.directory();
      const engine = await engines.start({ directory });
      const shop = new Shop(engine);
      await shop.product({ sku: 'S-1', stock: 500 });
      await shop.caughtUp();
      expect(await engine.stop()).toBe(0);
      await spoil(directory, 'stock', 'S-1', { onHand: 7 });

      const rebuilding = engines.cliOver(directory, 'rebuild', '--all');
      const output = await ends(rebuilding, 3);
      expect(output).toMatch(
        /^stock: the first difference is S-1\/onHand: live 7, rebuilt 500\nstock: stock@\d+\.1 is live/m,
      );
      expect(output).toMatch(/^orders: .*\norders: orders@\d+\.1 is live/m);
      expect(rebuilding.stderr).toMatch(/^compare stock: 1, /m);
      await engine.start();
      expect(await shop.stock('S-1')).toMatchObject({ onHand: 500 });
      expect(await ends(engines.cliOver(directory, 'rebuild', 'stock'))).toMatch(
        /1 documents compared, all are the same/,
      );
      expect(await ends(engines.cli('rebuild', '--help'))).toMatch(/Exits with 0 .* with 3 where a document differs/s);
    },
    120_000,
  );

  itOnFiles(
    'goes on where it was when it was killed, and ends with what is live',
    async () => {
      const directory = engines.directory();
      const engine = await engines.start({ directory });
      const { http } = new Shop(engine);
      for (let round = 0; round < 100; round++) {
        const opening = Array.from({ length: 40 }, () => http.call('POST', '/v1/carts', { body: { currency: 'USD' } }));
        for (const opened of await Promise.all(opening)) expectStatus(opened, 201);
      }
      await new Shop(engine).caughtUp();
      expect(await engine.stop()).toBe(0);

      const killed = engines.cliOver(directory, 'rebuild', 'carts');
      const label = `carts@${cartsReadModel.version}.1`;
      const position = await killHalfWay(killed, directory, label);
      await engine.start();
      const output = await ends(engines.cliOver(directory, 'rebuild', 'carts'));
      expect(output).toContain(`carts: ${label} goes on at ${position}`);
      expect(output).toMatch(/carts: 4000 documents compared, all are the same/);
      expect(output).toMatch(new RegExp(`carts: ${label} is live`));
      expect(await ends(engines.cliOver(directory, 'rebuild', 'carts'))).not.toContain('goes on');
    },
    120_000,
  );

  it('refuses what it does not know, and to take the sagas from a running engine', async () => {
    const directory = engines.directory();
    expect(await engines.cliOver(directory, 'rebuild', 'orders').end()).toBe(1);
    const engine = await engines.start({ directory });
    const unknown = engines.cliOver(directory, 'rebuild', 'nothing');
    const sagas = engines.cliOver(directory, 'rebuild', 'saga-instances');
    await ends(unknown, 1);
    expect(unknown.stderr).toContain('there are products');
    await ends(sagas, 1);
    expect(sagas.stderr).toContain('stop it first');
    expect(await ends(engines.cliOver(directory, 'projections', '--parked'))).toContain('nothing is parked');
    expect(await ends(engines.cliOver(directory, 'retry', 'orders', 'no-key'))).toContain('is not parked');
    await until('it still answers', async () => (await new Shop(engine).http.call('GET', '/readyz')).status === 200);
  }, 60_000);
});
