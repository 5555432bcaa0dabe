import { batchOf, newStream, RecordingHandler } from '../event-store/test-support/index.js';
import { MemoryEventStore } from '../event-store/test-support/memory-event-store.js';
import { RecordingTracer, traceparent } from './test-support/index.js';
import { TracedSubscriptions } from './traced-subscriptions.js';

describe('the work of a subscriber is traced', () => {
  let log: MemoryEventStore;
  let tracer: RecordingTracer;
  let traced: TracedSubscriptions;
  beforeEach(() => {
    log = new MemoryEventStore();
    tracer = new RecordingTracer();
    traced = new TracedSubscriptions(log, tracer, { name: 'project', types: ['sample.happened.v1'] });
  });

  const happen = (trace: string | undefined, type = 'sample.happened.v1') =>
    log.append(
      newStream(),
      batchOf({ count: 2, type, metadata: trace === undefined ? {} : { traceparent: trace } }),
      'any',
    );

  it('as a part of what caused each event, once the past has been gone through', async () => {
    await happen(traceparent(1));
    const handler = new RecordingHandler();
    const subscription = traced.subscribe({ from: null }, handler);
    await happen(traceparent(2));
    await subscription.close();
    expect(handler.events).toHaveLength(4);
    expect(handler.caughtUp).toBe(1);
    expect(tracer.spans).toMatchObject([
      { name: 'project', parent: traceparent(2), attributes: { 'cartwright.events': 2 }, failure: null },
    ]);
  });

  it('but not for events of no interest, without a trace, or of one that nobody records', async () => {
    const subscription = traced.subscribe({ from: null }, new RecordingHandler());
    await happen(traceparent(1), 'sample.other.v1');
    await happen(undefined);
    await happen(traceparent(2, '00'));
    await happen(traceparent(3));
    await subscription.close();
    expect(tracer.spans.map(({ parent }) => parent)).toEqual([traceparent(3)]);
  });

  it('also when it fails, which ends the subscription as ever', async () => {
    const handler = new RecordingHandler((events) => {
      if (events.length > 0) throw new TypeError('a bug');
    });
    const subscription = traced.subscribe({ from: null }, handler);
    await happen(traceparent(1));
    await subscription.close();
    expect(handler.errors).toEqual([new TypeError('a bug')]);
    expect(tracer.spans).toMatchObject([{ parent: traceparent(1), failure: 'TypeError' }]);
  });
});
