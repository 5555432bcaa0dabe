import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startTestServer, type TestServer } from '../../event-store/eventstoredb/test-server/index.js';
import { embeddedOnly, Shop, useEngines, type Child } from '../test-support/index.js';

async function ends(child: Child, code = 0): Promise<string> {
  const ended = await child.end(60);
  if (ended !== code) throw new Error(`ended with ${ended}:\n${child.output}`);
  return child.output;
}

/** What clients, support and analysts are shown. */
async function allReads(shop: Shop, orderIds: readonly string[]): Promise<unknown> {
  await shop.caughtUp();
  const withHistory = async (orderId: string) => {
    const path = `/v1/orders/${orderId}/history?limit=100`;
    const { items } = await shop.read<{ items: readonly Record<string, unknown>[] }>(path, 'admin');
    // Positions are each log's own.
    const history = items.map((item) => ({ ...item, position: undefined }));
    return { order: await shop.order(orderId), history };
  };
  return {
    orders: await Promise.all(orderIds.map(withHistory)),
    stock: await shop.stock('S-1'),
    products: await shop.read('/v1/products?q=thing&sort=name'),
    reports: [await shop.report('day'), await shop.report('category'), await shop.report('sku')],
  };
}

/** Sales of all sorts in a new installation that is stopped afterwards; what was read at its end. */
async function soldAndStopped(engines: ReturnType<typeof useEngines>, directory: string) {
  const engine = await engines.start({ directory });
  const shop = new Shop(engine);
  await shop.product({ sku: 'S-1', stock: 20 });
  const bought = [await shop.buy([['S-1', 2]]), await shop.buy([['S-1', 1]], 'tok_declined')];
  for (const orderId of bought) await shop.ended(orderId);
  await shop.ship(bought[0] ?? '');
  const captured = await shop.orderWhen(bought[0] ?? '', ({ payment }) => payment?.status === 'captured');
  expect(captured.status).toBe('shipped');
  const reads = await allReads(shop, bought);
  expect(await engine.stop()).toBe(0);
  return { bought, reads };
}

/** What travels apart from the log: the keys of persons, and the secret that access tokens and e-mail hashes derive from. */
function moveKeys(from: string, to: string): void {
  for (const file of ['keys.db', 'server.secret']) cpSync(join(from, file), join(to, file));
}

const { describe } = embeddedOnly('the road from a log in files to EventStoreDB and back');

describe('an installation whose log was copied', () => {
  const engines = useEngines();
  let server: TestServer | undefined;
  let template: string;
  let sold: Awaited<ReturnType<typeof soldAndStopped>>;
  beforeAll(async () => {
    template = mkdtempSync(join(tmpdir(), 'cartwright-copied-'));
    sold = await soldAndStopped(engines, template);
  }, 120_000);
  afterEach(() => server?.close());
  afterAll(() => rmSync(template, { recursive: true, force: true }));

  /** The installation that has sold, and a directory for another. */
  const places = (): readonly [home: string, away: string] => {
    const home = engines.directory();
    cpSync(template, home, { recursive: true });
    return [home, engines.directory()];
  };

  it('shows what the first one showed, from read models built anew, and goes on selling', async () => {
    const [home, away] = places();
    const { bought, reads } = sold;
    const told = await ends(engines.cli('copy-log', `sqlite:${home}`, `sqlite:${away}`));
    expect(told).toMatch(/\d+ events of \d+ streams are the same in both/);
    moveKeys(home, away);

    const shop = new Shop(await engines.start({ directory: away }));
    expect(await allReads(shop, bought)).toEqual(reads);
    expect((await shop.ended(await shop.buy([['S-1', 3]]))).status).toBe('confirmed');
    expect(await shop.stock('S-1')).toMatchObject({ onHand: 18, reserved: 3 });
  }, 120_000);

  it('refuses the read models of the first one and says what rebuilds them', async () => {
    const [home, away] = places();
    const { bought, reads } = sold;
    await ends(engines.cli('copy-log', `sqlite:${home}`, `sqlite:${away}`));
    moveKeys(home, away);
    for (const file of ['read.db', 'search.db', 'processes.db']) cpSync(join(home, file), join(away, file));

    const refused = engines.launch({ directory: away });
    expect(await ends(refused, 1)).toMatch(/was made from another log; rebuild it: npm run -s cli -- rebuild \w+/);
    await ends(engines.cliOver(away, 'rebuild', '--all'));
    await ends(engines.cliOver(away, 'rebuild', 'saga-instances'));
    const shop = new Shop(await engines.start({ directory: away }));
    expect(await allReads(shop, bought)).toEqual(reads);
  }, 120_000);

  it('moves to EventStoreDB, sells there, and moves back', async () => {
    server = await startTestServer();
    const [home, away] = places();
    const { bought, reads } = sold;
    await ends(engines.cli('copy-log', `sqlite:${home}`, server.url));
    moveKeys(home, away);

    const cluster = await engines.start({ directory: away, env: { EVENT_STORE_URL: server.url } });
    const there = new Shop(cluster);
    expect(await allReads(there, bought)).toEqual(reads);
    const orderId = await there.buy([['S-1', 3]]);
    expect((await there.ended(orderId)).status).toBe('confirmed');
    const readsThere = await allReads(there, [...bought, orderId]);
    expect(await cluster.stop()).toBe(0);

    await ends(engines.cli('copy-log', server.url, `sqlite:${home}`));
    for (const file of ['keys.db', 'keys.db-wal', 'keys.db-shm']) rmSync(join(home, file), { force: true });
    moveKeys(away, home);
    const here = new Shop(await engines.start({ directory: home }));
    expect(await allReads(here, [...bought, orderId])).toEqual(readsThere);
  }, 180_000);

  it('is told plainly what does not fit', async () => {
    const told = await ends(engines.cli('copy-log', 'sqlite:/nowhere', 'mysql://nowhere'), 1);
    expect(told).toBe('mysql://nowhere names no event store: sqlite:DIRECTORY, esdb://… or esdb+discover://…\n');
  });
});
