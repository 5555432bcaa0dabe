import { storesOnTestServer } from '../../event-store/eventstoredb/test-support/stores-on-test-server.js';
import { until } from '../../event-store/eventstoredb/test-server/fixture.js';
import type { EventStore } from '../../event-store/index.js';
import { openTemporaryDocumentStore } from '../../document-store/test-support/index.js';
import { toySaga } from './test-support/toy-saga.js';
import { createSagaRunner, systemClock, type SagaRunner } from './index.js';

const around = storesOnTestServer();

it('waits for the step of another runner that the store does not show yet, without asking all the time', async () => {
  const { server, open } = around();
  const reads = await openTemporaryDocumentStore();
  const sent: string[] = [];
  const runnerOn = async (eventStore: EventStore): Promise<SagaRunner> => {
    const runner = createSagaRunner({
      eventStore,
      documents: reads.store,
      sagas: [toySaga],
      dispatch: async (_, { commandId }) => {
        sent.push(commandId);
        return { reply: { outcome: 'accepted' }, lastEventId: null };
      },
      clock: systemClock,
      logger: { info: () => undefined, warn: () => undefined, error: () => undefined },
    });
    await runner.start();
    return runner;
  };
  const [store, other] = [await open(), await open()];
  const runners = [await runnerOn(store), await runnerOn(other)];
  await until(() => runners.every((runner) => runner.status().caughtUp));
  const { appends } = server.activity;
  server.faults.showAppendsAfter(400);
  const metadata = { commandId: 'ask', correlationId: 'c', causationId: null, actor: 'test' };
  const id = '0a5c0000-0000-4000-8000-000000000001';
  const { position } = await store.append('toy-a', [{ id, type: 'toy.asked.v1', data: { id: 'a' }, metadata }], 'any');
  await until(() =>
    runners.every((runner) => {
      const status = runner.status();
      return status.work === 0 && status.position !== null && status.position >= position;
    }),
  );
  // The question, the step and the reply; the runner that lost each of the two looked again a few times.
  expect(server.activity.appends - appends).toBeLessThan(20);
  expect(new Set(sent).size).toBe(1);
  const recorded = [];
  for await (const { revision } of store.read('saga-toy-a')) recorded.push(revision);
  expect(recorded).toEqual([0, 1]);
  for (const runner of runners) await runner.close();
  await reads.close();
});
