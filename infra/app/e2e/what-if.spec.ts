import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../boot/package-root.js';
import { expectStatus, Shop, useEngines, type Child, type EngineProcess } from '../test-support/index.js';

const BLOCK = /```ts file=([\w.-]+)\n([\s\S]*?)```/g;

/** The examples of docs/what-if.md, by the names that they have there. */
const examples = new Map(
  [...readFileSync(join(packageRoot, 'docs/what-if.md'), 'utf8').matchAll(BLOCK)].map(([, name = '', code = '']) => [
    name,
    code,
  ]),
);

describe('the command what-if', () => {
  const engines = useEngines('all tests');
  let engine: EngineProcess;
  let shop: Shop;
  let directory: string;
  beforeAll(async () => {
    engine = await engines.start();
    shop = new Shop(engine);
    await fill();
  }, 120_000);
  beforeEach(() => {
    directory = engines.directory();
  });

  function fileOf(name: string, code: string): string {
    const file = join(directory, name);
    writeFileSync(file, code);
    return file;
  }

  const started = (...args: readonly string[]): Child => engines.cliOver(engine.options.directory, 'what-if', ...args);

  async function said(...args: readonly string[]): Promise<readonly string[]> {
    const command = started(...args);
    const code = await command.end(60);
    if (code !== 0) throw new Error(`it ended with ${code}:\n${command.output}`);
    return command.stdout.trimEnd().split('\n');
  }

  const refused = async (...args: readonly string[]): Promise<string> => {
    const command = started(...args);
    expect(await command.end(60)).toBe(1);
    return command.stderr;
  };

  /** A row of the table, without its blanks. */
  const row = (lines: readonly string[], what: string): readonly string[] | undefined =>
    lines.find((line) => line.startsWith(`${what}  `))?.split(/ {2,}/);

  async function fill(): Promise<void> {
    for (const sku of ['TEA', 'MUG']) await shop.product({ sku, price: 2000 });
    const received = [
      ['TEA', 'attic', 3],
      ['TEA', 'cellar', 10],
      ['MUG', 'attic', 10],
    ] as const;
    for (const [sku, location, quantity] of received) {
      const body = { location, quantity };
      expectStatus(await shop.http.call('POST', `/v1/inventory/${sku}/receipts`, { body, as: 'admin' }), 200);
    }
    await shop.ended(await shop.buy([['TEA', 2]]));
    await shop.ended(
      await shop.buy([
        ['TEA', 4],
        ['MUG', 2],
      ]),
    );
    await shop.caughtUp();
  }

  const feed = async (): Promise<string> => (await shop.http.call('GET', '/v1/events', { as: 'analyst' })).text;

  it('does what docs/what-if.md shows, and writes nothing to the log', async () => {
    const before = await feed();
    expect([...examples.keys()]).toEqual(['baskets.ts', 'free-shipping.ts', 'alphabetical.ts']);
    const run = (name: string): Promise<readonly string[]> => said(fileOf(name, examples.get(name) ?? ''));

    const baskets = await run('baskets.ts');
    expect(baskets[0]).toBe('baskets');
    expect([row(baskets, 'documents'), row(baskets, '/units'), row(baskets, '/amount')]).toEqual([
      ['documents', '2'],
      ['/units', '8'],
      ['/amount', '16000'],
    ]);
    expect(baskets).toContain('USD 1 products: {"orders":1,"units":2,"amount":4000}');

    // 40.00 ships for 4.90; 120.00 ships free and has a tenth taken off.
    const prices = await run('free-shipping.ts');
    expect([row(prices, 'checkouts'), row(prices, 'USD shipping'), row(prices, 'USD total')]).toEqual([
      ['checkouts', '2', '2', '0'],
      ['USD shipping', '0.00 USD', '4.90 USD', '4.90 USD'],
      ['USD total', '160.00 USD', '152.90 USD', '-7.10 USD'],
    ]);
    expect(prices.filter((line) => line.startsWith('order ')).map((line) => line.replace(/^order \S+ /, ''))).toEqual([
      '40.00 USD would have been 44.90 USD',
      '120.00 USD would have been 108.00 USD',
    ]);

    // By the engine's own policy all tea comes from the cellar, which has the most.
    const places = await run('alphabetical.ts');
    expect([row(places, 'units from attic'), row(places, 'units from cellar')]).toEqual([
      ['units from attic', '2', '5', '3'],
      ['units from cellar', '6', '3', '-3'],
    ]);
    expect(row(places, 'from several locations')).toEqual(['from several locations', '0', '1', '1']);
    expect(await feed()).toBe(before);
  }, 240_000);

  it('finds no difference where the rules are the same', async () => {
    const same = await said(
      fileOf('same.ts', `export default { name: 'The same', pricing: (policy) => policy, promotions: (all) => all };`),
    );
    expect(row(same, 'with other amounts')).toEqual(['with other amounts', '0', '0', '0']);
    const stock = `
      const change = (sign: number) => ({
        key: (event: any) => event.data.sku as string,
        evolve: (doc: any, { data }: any) => {
          const { onHand, sku, reserved } = doc ?? { sku: data.sku, onHand: 0, reserved: 0 };
          return { sku, onHand: onHand + sign * (data.quantity ?? 0), reserved };
        },
      });
      export default { name: 'stock', on: { 'inventory.received.v1': change(1) } };`;
    const live = await said(fileOf('stock.ts', stock), '--against', 'live');
    expect([row(live, '/onHand'), row(live, '/reserved'), row(live, 'different')]).toEqual([
      ['/onHand', '23', '23', '0'],
      ['/reserved', '8', '0', '-8'],
      ['different', '2'],
    ]);
  }, 240_000);

  it('stops at the event where the file throws, and goes on there once it is mended', async () => {
    const model = (evolve: string): string =>
      `export default { name: 'm', on: { 'inventory.reserved.v1': { key: () => 'all', evolve: ${evolve} } } };`;
    const counting = `(doc: any) => ({ seen: (doc?.seen ?? 0) + 1 })`;
    const file = fileOf(
      'm.ts',
      model(`(doc: any, event: any) => {
      const counted = doc ?? { seen: 0 };
      counted.seen += 1;
      if (event.data.sku === 'MUG') throw new TypeError('no mugs');
      return counted;
    }`),
    );
    const stopped = await refused(file);
    expect(stopped).toMatch(
      /stopped at inventory\.reserved\.v1 at \d{16}, event [0-9a-f-]{36}: TypeError: no mugs\n.*--resume/,
    );
    fileOf('m.ts', model(counting));
    expect(row(await said(file, '--resume'), '/seen')).toEqual(['/seen', '3']);
    expect(existsSync(`${file}.stopped.json`)).toBe(false);
    expect(await refused(file, '--resume')).toMatch(/no run of .*m\.ts was stopped/);

    const policy = fileOf(
      'policy.ts',
      `let asked = 0; export default { name: 'p', pricing: (policy: any) => (asked++ ? { taxZones: 'none' } : policy) };`,
    );
    expect(await refused(policy)).toMatch(/stopped at cart\.checked-out\.v1 .*it gives no pricing policy: .*name/);
    fileOf('policy.ts', `export default { name: 'p', pricing: (policy: any) => policy };`);
    expect(row(await said(policy, '--resume'), 'checkouts')).toEqual(['checkouts', '2', '2', '0']);
  }, 240_000);

  it('says what is wrong with a file, and gives it neither network nor files', async () => {
    const wrong = async (code: string): Promise<string> => refused(fileOf('wrong.ts', code));
    expect(await wrong('export default {')).toContain('wrong.ts cannot be compiled');
    expect(
      await wrong(
        `import { readFileSync } from 'node:fs'; export default { name: readFileSync('/etc/hosts', 'utf8'), on: {} };`,
      ),
    ).toMatch(/cannot be (compiled|run)/);
    expect(await wrong(`await fetch('http://127.0.0.1'); export default { name: 'f', on: {} };`)).toMatch(
      /cannot be (compiled|run)/,
    );
    expect(await wrong(`export default { name: process.env.HOME, on: {} };`)).toContain('process is not defined');
    expect(await wrong(`export default { name: 'x' };`)).toContain(
      'exports neither `on` nor one of pricing, promotions, reservation',
    );
    expect(await wrong(`export default { name: 'x', on: { 'order.opened.v1': {} } };`)).toContain(
      'no pair of functions',
    );
    expect(await refused(join(directory, 'none.ts'))).toContain('none.ts is not there');
  }, 240_000);
});
