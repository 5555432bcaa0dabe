import fc from 'fast-check';
import type { JsonObject } from '../../../domain/shared/index.js';
import type { RecordedEvent } from '../../event-store/index.js';
import type { AnyReadModel } from './read-model.js';
import {
  closed,
  dieHalfWay,
  dieWithin,
  faultyReadModelStore,
  ledgerModel,
  moved,
  openRunnerBench,
  passingLedgerModel,
  ScriptedLog,
  unrelated,
  type ScriptedEvent,
} from './test-support/index.js';

/** One by one, onto documents that live nowhere else. */
function foldOneByOne(model: AnyReadModel, log: readonly RecordedEvent[]): Record<string, JsonObject> {
  const documents: Record<string, JsonObject> = {};
  const change = (id: string, evolve: (doc: JsonObject | null) => JsonObject | null) => {
    const doc = evolve(documents[id] ?? null);
    if (doc === null) delete documents[id];
    else documents[id] = doc;
  };
  for (const event of structuredClone(log)) {
    const fold = model.on[event.type];
    if (fold === undefined) continue;
    for (const id of new Set([fold.key(event)].flat())) {
      const passedOn = fold.passesOn?.(documents[id] ?? null, event, id) ?? [];
      change(id, (doc) => fold.evolve(doc, event, id));
      for (const one of passedOn) change(one.id, (doc) => one.evolve(doc));
    }
  }
  return documents;
}

const account = fc.constantFrom('a', 'b', 'c', 'd', 'e');
const event: fc.Arbitrary<ScriptedEvent> = fc.oneof(
  {
    weight: 6,
    arbitrary: fc.tuple(fc.integer(), fc.array(account, { maxLength: 4 })).map(([n, to]) => moved(n, ...to)),
  },
  { weight: 1, arbitrary: account.map(closed) },
  { weight: 1, arbitrary: fc.constant(unrelated) },
);

/** Nothing moves once it is closed: what has handed over is never made again. */
function untilClosed(events: readonly ScriptedEvent[]): readonly ScriptedEvent[] {
  const ended = new Set<unknown>();
  return events.flatMap((one) => {
    if (one.type === closed('').type) ended.add(one.data['account']);
    if (one.type !== moved(0).type) return one;
    const accounts = one.data['accounts'] as readonly string[];
    return moved(Number(one.data['amount']), ...accounts.filter((name) => !ended.has(name)));
  });
}

describe('folding in pages', () => {
  it.each([
    ['', () => ledgerModel(), { die: () => dieHalfWay, told: (events: readonly ScriptedEvent[]) => events }],
    [', also where documents are passed on to', () => passingLedgerModel(), { die: dieWithin, told: untilClosed }],
  ])(
    'makes what folding one by one makes, whatever the pages, the memory and the crashes%s',
    async (_, make, { die, told }) => {
      const scenario = fc.record({
        events: fc.array(event, { minLength: 1, maxLength: 40 }),
        pages: fc.infiniteStream(fc.integer({ min: 1, max: 9 })),
        cachedDocuments: fc.integer({ min: 1, max: 6 }),
        crashes: fc.array(fc.integer({ min: 0, max: 4 }), { maxLength: 3 }),
      });
      await fc.assert(
        fc.asyncProperty(scenario, async ({ events, pages, cachedDocuments, crashes }) => {
          const bench = await openRunnerBench();
          try {
            const eventStore = new ScriptedLog(() => pages.next().value ?? 1);
            const model = make();
            eventStore.add(...told(events));
            for (const after of crashes) {
              const faulty = faultyReadModelStore(bench.store);
              for (let commit = 0; commit < after; commit += 1) {
                faulty.faults.push((commits, store, documents) => store.commitAll(commits, documents));
              }
              faulty.faults.push(die(after));
              const settings = { eventStore, models: [model], cachedDocuments, readModelStore: faulty.store };
              const dying = await bench.run(settings);
              await dying.caughtUp().catch(() => undefined);
              await dying.close();
            }
            const runner = await bench.run({ eventStore, models: [model], cachedDocuments });
            await runner.caughtUp();
            expect(await bench.documents('ledger')).toEqual(foldOneByOne(model, eventStore.log));
          } finally {
            await bench.close();
          }
        }),
        { numRuns: 40 },
      );
    },
    60_000,
  );
});
