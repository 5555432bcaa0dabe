import { until } from '../test-support/index.js';
import { OutageLines, watchEngines } from './outage-lines.js';

class Told {
  readonly lines: [string, object][] = [];
  readonly warn = (fields: object, text: string): void => void this.lines.push([text, fields]);
  readonly info = this.warn;
}
const loggerOf = (told: Told) => told as unknown as ConstructorParameters<typeof OutageLines>[1];

describe('an outage of an engine', () => {
  it('is told once, and its end with how long it was', () => {
    const [told, clock] = [new Told(), { now: 500 }];
    const lines = new OutageLines('event-store', loggerOf(told), () => clock.now);
    lines.found(null);
    for (const reason of ['refused', 'refused', 'reset']) lines.found(reason);
    clock.now += 12_400;
    lines.found(null);
    lines.found(null);
    lines.found('refused again');
    expect(told.lines).toEqual([
      ['event-store is away', { engine: 'event-store', reason: 'refused' }],
      ['event-store is back', { engine: 'event-store', seconds: 12 }],
      ['event-store is away', { engine: 'event-store', reason: 'refused again' }],
    ]);
  });

  it('is seen where nobody asks for anything, also of one that hangs', async () => {
    const [told, asked] = [new Told(), { answer: (): Promise<void> => Promise.reject(new Error('refused')) }];
    const hanging = { name: 'search-index', check: () => new Promise<void>(() => {}) };
    const checks = [{ name: 'key-store', check: () => asked.answer() }, hanging];
    const watch = watchEngines({ checks, logger: loggerOf(told), everyMs: 1, patienceMs: 20 });
    await until('both are told', () => told.lines.length === 2);
    asked.answer = () => Promise.resolve();
    await until('one is back', () => told.lines.length === 3);
    watch.close();
    expect(told.lines.map(([text]) => text)).toEqual([
      'key-store is away',
      'search-index is away',
      'key-store is back',
    ]);
    expect(told.lines[1]?.[1]).toMatchObject({ reason: 'no answer within 20 ms' });
  });
});
