import { apiTime, cliOf, curlOf, localTime, questionIn } from './question.js';

describe('what is asked of the event feed', () => {
  it('is what the address has fields for', () => {
    const search = new URLSearchParams({ type: 'order.opened.v1', actor: '', page: '3' });
    expect(questionIn(search)).toEqual({ type: 'order.opened.v1' });
  });

  it('is copied as commands that a shell reads as they are meant', () => {
    const question = { actor: `customer:o'neil`, since: '2026-03-01T00:00:00.000Z' };
    expect(curlOf('https://shop.example', question)).toBe(
      `curl -sS -H "Authorization: Bearer $TOKEN" ` +
        `'https://shop.example/v1/events?actor=customer%3Ao%27neil&since=2026-03-01T00%3A00%3A00.000Z'`,
    );
    expect(cliOf('https://shop.example', question)).toBe(
      `npm run -s cli -- events --url 'https://shop.example' --token "$TOKEN" ` +
        `--actor 'customer:o'\\''neil' --since '2026-03-01T00:00:00.000Z'`,
    );
    expect(curlOf('http://127.0.0.1:3000', {})).toMatch(/'http:\/\/127\.0\.0\.1:3000\/v1\/events'$/);
  });

  it('has times of the reader’s own clock', () => {
    const time = '2026-03-01T10:30:15.000Z';
    expect(apiTime(localTime(time))).toBe(time);
    expect([localTime(undefined), localTime('noon'), apiTime('')]).toEqual(['', '', undefined]);
  });
});
