import { mock } from 'node:test';
import { UnknownOutcomeError } from '../../event-store/index.js';
import { AggregateRepository, PendingAppend } from './aggregate-repository.js';
import { BookingFixture } from './test-support/booking-fixture.js';

test('a batch is not sent again where the store took long to say that it does not know', async () => {
  const fixture = await BookingFixture.open();
  let sent = 0;
  let now = 0;
  const clock = mock.method(performance, 'now', () => now);
  const store = fixture.storeWith({
    append: () => {
      sent += 1;
      now = 15_000;
      return Promise.reject(new UnknownOutcomeError('no answer'));
    },
  });
  const append = new PendingAppend({ stream: 'seats-hall', events: [], expectedRevision: 'no-stream' });
  const aggregates = new AggregateRepository({ store, snapshots: fixture.snapshots });
  await expect(aggregates.append([append])).rejects.toThrow('no answer');
  expect(sent).toBe(1);
  clock.mock.restore();
  await fixture.close();
});
