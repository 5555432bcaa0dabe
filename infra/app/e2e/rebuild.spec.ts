import { join } from 'node:path';
import Database from 'better-sqlite3';
import { productsReadModel } from '../../../projections/catalog/index.js';
import { readModels } from '../../../projections/index.js';
import { killHalfWay } from '../test-support/killed-rebuild.js';
import {
  embeddedOnly,
  booksBalance,
  Shop,
  until,
  useEngines,
  type Child,
  type EngineProcess,
} from '../test-support/index.js';

const NAMES = [...readModels.map(({ name }) => name), 'search'];

async function ends(child: Child, code = 0): Promise<string> {
  const ended = await child.end(60);
  if (ended !== code) throw new Error(`ended with ${ended}:\n${child.output}`);
  return child.stdout;
}

const { it: itOnFiles } = embeddedOnly('a rebuild beside the file of the read models, which is locked or changed');

/** Changes a live document behind the engine's back. */
function spoil(directory: string, model: string, id: string, changes: object): void {
  const database = new Database(join(directory, 'read.db'));
  const number = database.prepare('SELECT number FROM collections WHERE name = ? AND live = 1').pluck().get(model);
  const spoilt = database
    .prepare(`UPDATE docs_${String(number)} SET doc = json_patch(doc, ?) WHERE id = ?`)
    .run(JSON.stringify(changes), id);
  database.close();
  if (spoilt.changes !== 1) throw new Error(`there is no ${model} ${id}`);
}

describe('a rebuild from the command line', () => {
  const engines = useEngines('all tests');
  let directory: string;
  let engine: EngineProcess;
  beforeAll(() => {
    directory = engines.directory();
  });

  it('refuses what it does not know, and to take the sagas from a running engine', async () => {
    expect(await engines.cliOver(directory, 'rebuild', 'orders').end()).toBe(1);
    engine = await engines.start({ directory });
    const unknown = engines.cliOver(directory, 'rebuild', 'nothing');
    const sagas = engines.cliOver(directory, 'rebuild', 'saga-instances');
    await ends(unknown, 1);
    expect(unknown.stderr).toContain('there are products');
    await ends(sagas, 1);
    expect(sagas.stderr).toContain('stop it first');
    expect(await ends(engines.cliOver(directory, 'projections', '--parked'))).toContain('nothing is parked');
    expect(await ends(engines.cliOver(directory, 'retry', 'orders', 'no-key'))).toContain('is not parked');
    await until('it still answers', async () => (await new Shop(engine).http.call('GET', '/readyz')).status === 200);
  }, 120_000);

  it('swaps equal read models in while the engine sells, and while it is stopped', async () => {
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
    expect(await engine.stop()).toBe(0);
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
      spoil(directory, 'stock', 'S-1', { onHand: 7 });

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
      const shop = new Shop(engine);
      for (let round = 0; round < 30; round++) {
        await Promise.all(Array.from({ length: 40 }, (_, n) => shop.product({ sku: `S-${round}-${n}` })));
      }
      await shop.caughtUp();
      expect(await engine.stop()).toBe(0);

      const killed = engines.cliOver(directory, 'rebuild', 'products');
      const label = `products@${productsReadModel.version}.1`;
      const position = await killHalfWay(killed, directory, label);
      await engine.start();
      const output = await ends(engines.cliOver(directory, 'rebuild', 'products'));
      expect(output).toContain(`products: ${label} goes on at ${position}`);
      expect(output).toMatch(/products: 1200 documents compared, all are the same/);
      expect(output).toMatch(new RegExp(`products: ${label} is live`));
      expect(await ends(engines.cliOver(directory, 'rebuild', 'products'))).not.toContain('goes on');
    },
    120_000,
  );
});
