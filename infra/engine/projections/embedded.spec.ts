import { randomUUID } from 'node:crypto';
import { openTemporaryEventStore, type TemporaryEventStore } from '../../event-store/test-support/index.js';
import {
  ledgerModel,
  moved,
  openRunnerBench,
  unrelated,
  type RunnerBench,
  type ScriptedEvent,
} from './test-support/index.js';

const toAppend = ({ type, data }: ScriptedEvent) => {
  const commandId = randomUUID();
  const metadata = { commandId, correlationId: commandId, causationId: null, actor: 'anonymous' };
  return { id: randomUUID(), type, data, metadata };
};

describe('the projection runner on the embedded log', () => {
  let bench: RunnerBench;
  let log: TemporaryEventStore;
  beforeEach(async () => {
    bench = await openRunnerBench();
    log = await openTemporaryEventStore();
  });
  afterEach(async () => {
    await bench.close();
    await log.cleanup();
  });

  it('shows a write to whoever waits for its position, while others write', async () => {
    const models = [ledgerModel()];
    const before = Array.from({ length: 700 }, () => toAppend(moved(1, 'old')));
    await log.store.append('ledger-old', before, 'no-stream');
    const runner = await bench.run({ eventStore: log.store, models });
    await Promise.all(
      Array.from({ length: 100 }, async (_, n) => {
        const event = n % 10 === 0 ? unrelated : moved(n, `a${n}`, 'all');
        const { position } = await log.store.append(`ledger-a${n}`, [toAppend(event)], 'no-stream');
        expect(await runner.progress.waitFor('ledger', position, 5_000)).toBe(true);
        const document = await bench.store.get('ledger', `a${n}`);
        expect(document?.doc).toEqual(n % 10 === 0 ? undefined : { balance: n, entries: [n] });
      }),
    );
    const documents = await bench.documents('ledger');
    expect(documents['old']).toMatchObject({ balance: 700 });
    expect(documents['all']).toMatchObject({ balance: 4_500 });
  });

  it('goes on after a restart of both', async () => {
    const models = [ledgerModel()];
    await log.store.append('ledger-a', [toAppend(moved(1, 'a'))], 'no-stream');
    const first = await bench.run({ eventStore: log.store, models });
    await first.caughtUp();
    await first.close();
    await log.store.append('ledger-a', [toAppend(unrelated), toAppend(moved(2, 'a'))], 0);
    const second = await bench.run({ eventStore: log.store, models });
    await second.caughtUp();
    expect(await bench.documents('ledger')).toEqual({ a: { balance: 3, entries: [1, 2] } });
  });
});
