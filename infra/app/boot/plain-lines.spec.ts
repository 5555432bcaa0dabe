import { plainLines } from './plain-lines.js';

const line = (entry: object): string =>
  plainLines(`${JSON.stringify({ time: '2026-11-02T10:20:30.123Z', ...entry })}\n`);

describe('the log on a terminal', () => {
  it('says when, how bad and what in one line, with the rest by name', () => {
    expect(line({ level: 'info', msg: 'seeded the demo shop', products: 600, by: 'a b' })).toMatch(
      /^\d\d:\d\d:30 info  seeded the demo shop products=600 by="a b"\n$/,
    );
  });

  it('says what an error was, and where it came from when that is a bug', () => {
    const err = { type: 'Error', message: 'no answer', stack: 'Error: no answer\n    at here' };
    expect(line({ level: 'warn', msg: 'a store is away', err })).toMatch(/warn {2}a store is away: no answer\n$/);
    expect(line({ level: 'error', msg: 'failed', err })).toMatch(
      /error failed: no answer\nError: no answer\n {4}at here\n$/,
    );
  });
});
