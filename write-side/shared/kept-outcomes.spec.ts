import { DocumentStoreUnavailableError } from '../../infra/document-store/index.js';
import { openTemporaryDocumentStore } from '../../infra/document-store/test-support/index.js';
import { KEPT, openKeptOutcomes, type KeptOutcome } from './kept-outcomes.js';

const outcome: KeptOutcome = { requestHash: 'h', requestId: 'r', settled: { unchangedAt: 3 } };
const HOUR = 3_600_000;

describe('kept outcomes', () => {
  let temporary: Awaited<ReturnType<typeof openTemporaryDocumentStore>>;
  beforeEach(async () => (temporary = await openTemporaryDocumentStore()));
  afterEach(() => temporary.close());

  it('are found again by who opens the store later, for the same log', async () => {
    await (await openKeptOutcomes(temporary.store, 'log-a')).keep('c1', outcome);
    const refusal = { code: 'CART.EMPTY', detail: 'There is nothing in the cart.', extra: { changes: [1] } };
    await (await openKeptOutcomes(temporary.store, 'log-a')).keep('c2', { ...outcome, settled: { refusal } });
    const later = await openKeptOutcomes(temporary.store, 'log-a');
    expect(await later.find('c1')).toMatchObject(outcome);
    expect(await later.find('c2')).toMatchObject({ settled: { refusal } });
    expect(await later.find('c3')).toBeUndefined();
    expect(await (await openKeptOutcomes(temporary.store, 'log-b')).find('c1')).toBeUndefined();
  });

  it('go after a day, a stroke of them with each stroke of new ones', async () => {
    let now = 0;
    const kept = await openKeptOutcomes(temporary.store, 'log-a', () => now);
    for (let index = 0; index < 5; index++) await kept.keep(`old-${index}`, outcome);
    now = 23 * HOUR;
    await kept.keep('younger', outcome);
    now = 24 * HOUR + 1;
    expect(await kept.find('old-0')).toBeDefined();
    for (let index = 0; index < 200; index++) await kept.keep(`new-${index}`, outcome);
    expect(await kept.find('old-0')).toBeUndefined();
    expect(await kept.find('younger')).toBeDefined();
    expect(await temporary.store.scan(KEPT.name, { limit: 1000 })).toHaveLength(201);
  });

  it('are done without while their store is away, and it is not asked again for every command', async () => {
    let asked = 0;
    const away = async (): Promise<never> => {
      asked += 1;
      throw new DocumentStoreUnavailableError('away');
    };
    const store = { ensure: async () => {}, get: away, find: away, put: away };
    const kept = await openKeptOutcomes(store, 'log-a');
    expect(await kept.find('c1')).toBeUndefined();
    await kept.keep('c1', outcome);
    expect(asked).toBe(1);
  });
});
