import { jest } from '@jest/globals';
import { UnknownOutcomeError } from '../../../infra/event-store/index.js';
import { appendUntilDefinite } from './append.js';
import { Theatre } from './test-support/theatre.js';

test('a batch is not sent again where the store took long to say that it does not know', async () => {
  const theatre = await Theatre.open();
  let sent = 0;
  const clock = jest.spyOn(performance, 'now').mockReturnValue(0);
  const store = theatre.storeWith({
    append: () => {
      sent += 1;
      clock.mockReturnValue(15_000);
      return Promise.reject(new UnknownOutcomeError('no answer'));
    },
  });
  const batch = { stream: 'seats-hall', events: [], base: -1, along: [], unsure: () => {} };
  await expect(appendUntilDefinite(store, batch)).rejects.toThrow('no answer');
  expect(sent).toBe(1);
  clock.mockRestore();
  await theatre.close();
});
