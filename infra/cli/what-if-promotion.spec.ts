import { randomUUID } from 'node:crypto';
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { OrderEvent } from '../../domain/order/index.js';
import { orderConfirmed, orderOpened } from '../../read-api/shared/test-support/index.js';
import { openLog, type Log } from '../app/stores/stores.js';
import { loadConfig } from '../config/load-config.js';
import { temporaryDirectories } from '../event-store/test-support/temporary-directory.js';
import { whatIf } from './what-if-promotion.js';

const tenth = { name: 'A tenth', then: [{ type: 'percent-off', percent: '10', of: 'order' }] };
const ALL = { from: '2000-01-01', to: '2999-01-01' };

const newDirectory = temporaryDirectories();
let directory: string;
let file: string;
beforeEach(async () => {
  directory = newDirectory();
  file = join(directory, 'promotion.json');
  const log = await openLog(loadConfig({ DATA_DIR: join(directory, 'data') }), 'read-write');
  await append(log, { ...orderOpened('a').data }, 'default');
  await append(log, { ...orderOpened('b', { skus: ['tea', 'mug'] }).data }, 'at');
  await log.close();
});

async function append({ events }: Log, opened: ReturnType<typeof orderOpened>['data'], channel: string): Promise<void> {
  const both: readonly OrderEvent[] = [
    { type: 'order.opened.v1', data: { ...opened, channel, personal: null } },
    orderConfirmed(opened.orderId),
  ];
  const metadata = { commandId: randomUUID(), correlationId: 'c', causationId: null, actor: 'test' };
  const batch = both.map(({ type, data }) => ({ id: randomUUID(), type, data: data as object as never, metadata }));
  await events.append(`order-${opened.orderId}`, batch, 'no-stream');
}

async function run(
  promotion: unknown,
  options: { from: string; to: string; channel?: string } = ALL,
): Promise<string[]> {
  writeFileSync(file, typeof promotion === 'string' ? promotion : JSON.stringify(promotion));
  const said: string[] = [];
  await whatIf({ DATA_DIR: join(directory, 'data') }, { file, options }, (line) => said.push(line));
  return said;
}

describe('the command what-if-promotion', () => {
  it('tells what the promotion of a file would have taken off, and leaves the data as they are', async () => {
    const before = readdirSync(join(directory, 'data'));
    expect(await run(tenth)).toEqual([
      '2 orders were confirmed, and 2 of them would have been discounted',
      'cost 0.30 USD',
      'order a: 1.00 USD would have been 0.90 USD',
      'order b: 2.00 USD would have been 1.80 USD',
    ]);
    expect(readdirSync(join(directory, 'data')).filter((name) => !before.includes(name))).toEqual([]);
  });

  it('takes orders of one channel, and of a time', async () => {
    expect((await run(tenth, { ...ALL, channel: 'at' }))[0]).toMatch(/^1 orders were confirmed/);
    expect(await run(tenth, { from: '2000-01-01', to: '2001-01-01T00:00:00Z' })).toEqual([
      '0 orders were confirmed, and 0 of them would have been discounted',
    ]);
  });

  it('takes a promotion as reads show it', async () => {
    const shown = {
      promotionId: 'p',
      ...tenth,
      limits: {},
      status: 'ended',
      used: { orders: 0, amount: [] },
      version: 3,
    };
    expect((await run(shown))[1]).toBe('cost 0.30 USD');
  });

  it('says everything that is wrong with the file or the time', async () => {
    await expect(run({ name: '', then: [] })).rejects.toThrow(
      /promotion\.json: name has to be .*\n.*promotion\.json: then has to be a list with something in it/,
    );
    await expect(run('{')).rejects.toThrow(/promotion\.json cannot be read/);
    await expect(run([])).rejects.toThrow(/has to be an object/);
    await expect(run(tenth, { from: 'once', to: '2026-01-01' })).rejects.toThrow('--from once is no RFC 3339 time');
    await expect(run(tenth, { from: '2026-01-01', to: '2026-01-01' })).rejects.toThrow('--to has to be after --from');
  });

  it('needs a log', async () => {
    writeFileSync(file, JSON.stringify(tenth));
    const nowhere = { DATA_DIR: join(directory, 'nowhere') };
    await expect(whatIf(nowhere, { file, options: ALL }, () => undefined)).rejects.toThrow('has no log');
  });
});
