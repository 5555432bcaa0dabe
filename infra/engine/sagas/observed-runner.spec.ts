import { randomUUID } from 'node:crypto';
import { openTemporaryEventStore, type TemporaryEventStore } from '../../event-store/test-support/index.js';
import { openTemporaryDocumentStore, type TemporaryDocumentStore } from '../../document-store/test-support/index.js';
import { RecordingTracer, traceparent } from '../../telemetry/test-support/index.js';
import { ManualClock } from './test-support/manual-clock.js';
import { toySaga } from './test-support/toy-saga.js';
import { createSagaRunner, type Dispatch, type SagaRunner } from './index.js';
import { until } from '../../test-support/until.js';

type Line = readonly [fields: object, message: string];

let log: TemporaryEventStore;
let reads: TemporaryDocumentStore;
let clock: ManualClock;
let tracer: RecordingTracer;
let lines: Line[];
let runner: SagaRunner;

beforeEach(async () => {
  log = await openTemporaryEventStore();
  reads = await openTemporaryDocumentStore();
  clock = new ManualClock();
  tracer = new RecordingTracer();
  lines = [];
});
afterEach(async () => {
  await runner.close();
  await log.cleanup();
  await reads.close();
});

async function start(dispatch: Dispatch): Promise<void> {
  const write = (fields: object, message: string): void => void lines.push([fields, message]);
  const logger = { info: write, warn: write, error: write };
  const { store: eventStore } = log;
  runner = createSagaRunner({ eventStore, documents: reads.store, sagas: [toySaga], dispatch, clock, logger, tracer });
  await runner.start();
}

async function ask(id: string, trace: { readonly traceparent?: string } = {}, data: object = {}): Promise<void> {
  const metadata = {
    commandId: randomUUID(),
    correlationId: `request-${id}`,
    causationId: null,
    actor: 'test',
    ...trace,
  };
  const event = { id: randomUUID(), type: 'toy.asked.v1', data: { id, ...data }, metadata };
  await log.store.append(`toy-${id}`, [event], 'any');
}

describe('a saga that is observed', () => {
  it('traces its steps and each try of a command in the trace of what caused them', async () => {
    let tries = 0;
    await start(async () => {
      if (++tries === 1) throw new RangeError('busy');
      return { reply: { outcome: 'accepted' }, lastEventId: null };
    });
    await ask('a', { traceparent: traceparent(1) });
    await until(() => tries === 1 && lines.length === 1);
    clock.advance(1_000);
    await until(() => tries === 2 && tracer.spans.length >= 3);
    expect(tracer.spans.slice(0, 3)).toMatchObject([
      { name: 'saga toy step', parent: traceparent(1), links: [] },
      { name: 'saga:toy inventory.release-stock', parent: traceparent(1), failure: 'RangeError' },
      { parent: traceparent(1), failure: null, set: { 'cartwright.outcome': 'accepted' } },
    ]);
    expect(tracer.spans[0]?.attributes).toMatchObject({ 'cartwright.correlation_id': 'request-a' });
  });

  it('does not trace what nobody traced', async () => {
    let tries = 0;
    await start(async () => {
      tries += 1;
      return { reply: { outcome: 'accepted' }, lastEventId: null };
    });
    await ask('a');
    await until(() => tries === 1);
    expect(tracer.spans).toEqual([]);
  });

  it('names the request in every line about a step or a command that failed', async () => {
    await start(() => Promise.reject(new Error('busy')));
    await ask('a');
    await ask('b', {}, { bug: true });
    await until(() => lines.length >= 2);
    const correlated = lines.map(([fields, message]) => [message, 'correlationId' in fields && fields.correlationId]);
    expect(correlated).toEqual(
      expect.arrayContaining([
        ['saga command failed', 'request-a'],
        ['saga step failed', 'request-b'],
      ]),
    );
  });

  it('is counted by phase while it is under way', async () => {
    const held: (() => void)[] = [];
    await start(
      () => new Promise((resolve) => held.push(() => resolve({ reply: { outcome: 'accepted' }, lastEventId: null }))),
    );
    await ask('a');
    await ask('b');
    await until(() => held.length === 2);
    expect(runner.phases()).toMatchObject([{ saga: 'toy', phase: 'under-way', instances: 2 }]);
    for (const letGo of held) letGo();
  });

  it('tells since when the oldest is under way, whatever it did meanwhile and who began it', async () => {
    const dispatch: Dispatch = () => Promise.reject(new Error('busy'));
    const areUnderWay = (instances: number) => () => {
      const [first] = runner.phases();
      return first?.phase === 'under-way' && first.instances === instances;
    };
    await start(dispatch);
    const began = new Date(clock.now()).toISOString();
    await ask('a');
    await until(areUnderWay(1));
    clock.advance(5_000);
    await ask('b');
    await ask('a');
    await until(areUnderWay(2));
    expect(runner.phases()).toMatchObject([{ since: began }]);
    await runner.close();
    await start(dispatch);
    await until(areUnderWay(2));
    expect(runner.phases()).toMatchObject([{ since: began }]);
  });
});
