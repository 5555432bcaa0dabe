import { failureOf } from './errors.js';
import { Gate } from './gate.js';

const endless = (): Promise<never> => new Promise(() => {});

test('a call whose turn does not come in time was not sent', async () => {
  const gate = new Gate(1);
  void gate.pass(endless, 60_000);
  let isSent = false;
  const late = gate.pass(async () => void (isSent = true), 20);
  const error: unknown = await late.catch((reason: unknown) => reason);
  expect([failureOf(error), isSent]).toEqual(['away', false]);
});

test('a call that gave up waiting takes nobody’s turn', async () => {
  const gate = new Gate(1);
  let answer = (): void => {};
  const first = gate.pass(() => new Promise<void>((resolve) => (answer = resolve)), 60_000);
  const late = gate.pass(endless, 10);
  const patient = gate.pass(async (left) => left, 60_000);
  await expect(late).rejects.toThrow('not answered in time');
  answer();
  await first;
  expect(await patient).toBeLessThan(60_000);
  expect(await gate.pass(async () => 'free again', 1_000)).toBe('free again');
});
