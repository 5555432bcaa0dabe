import { until } from '../../event-store/eventstoredb/test-server/fixture.js';
import { storesOnTestServer } from '../../event-store/eventstoredb/test-support/stores-on-test-server.js';
import { take, BookingFixture } from './test-support/booking-fixture.js';

const around = storesOnTestServer();

it('waits for what another writer recorded and the store does not show yet', async () => {
  const { server, open } = around();
  const fixture = BookingFixture.over(await open());
  const [one, other] = [fixture.executor(), fixture.executor(await open())];
  await take(one, 1);
  const { appends } = server.activity;
  server.faults.showAppendsAfter(400);
  const first = take(one, 2);
  await until(() => server.activity.appends > appends);
  expect(await take(other, 3)).toMatchObject({ kind: 'accepted', answer: 6, revision: 2 });
  expect(await first).toMatchObject({ kind: 'accepted', answer: 3, revision: 1 });
});

it('answers a command once that comes to two processes before its events can be read', async () => {
  const { server, open } = around();
  const fixture = BookingFixture.over(await open());
  const context = { commandId: 'c0ffee00-0000-4000-8000-000000000001', repeatable: true };
  server.faults.showAppendsAfter(300);
  const executors = [fixture.executor(), fixture.executor(await open())];
  const outcomes = await Promise.all(executors.map((executor) => take(executor, 2, { context })));
  expect(outcomes).toEqual([2, 2].map((answer) => expect.objectContaining({ kind: 'accepted', answer, revision: 0 })));
  expect(await fixture.recorded()).toHaveLength(1);
});
