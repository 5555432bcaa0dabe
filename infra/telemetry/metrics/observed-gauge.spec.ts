import { Registry } from 'prom-client';
import { registerObservedGauge, type Observation } from './observed-gauge.js';

const one = (value: number): readonly Observation[] => [{ labels: {}, value }];

/** What `/metrics` says of a gauge while its source does this. */
function gauge(): { shown(observe: () => Promise<readonly Observation[]>): Promise<string>; asked(): number } {
  const registry = new Registry();
  let source = (): Promise<readonly Observation[]> => Promise.resolve([]);
  let asked = 0;
  const observe = (): Promise<readonly Observation[]> => {
    asked += 1;
    return source();
  };
  registerObservedGauge({ name: 'lag', help: 'how far', registry, observe });
  return {
    asked: () => asked,
    shown: async (does) => {
      source = does;
      return (await registry.metrics()).split('\n').find((line) => line.startsWith('lag ')) ?? '';
    },
  };
}

describe('a gauge that is asked for when somebody looks', () => {
  it('shows what its source says', async () => {
    const { shown } = gauge();
    expect(await shown(() => Promise.resolve(one(7)))).toBe('lag 7');
    expect(await shown(() => Promise.resolve(one(8)))).toBe('lag 8');
  });

  it.each<[string, () => Promise<readonly Observation[]>]>([
    ['does not answer', () => new Promise(() => {})],
    ['fails', () => Promise.reject(new Error('away'))],
  ])('shows what it said last where it %s', async (_, does) => {
    const { shown } = gauge();
    await shown(() => Promise.resolve(one(7)));
    expect(await shown(does)).toBe('lag 7');
  });

  it('asks a source that does not answer once, however often somebody looks', async () => {
    const { shown, asked } = gauge();
    for (let count = 0; count < 3; count += 1) await shown(() => new Promise(() => {}));
    expect(asked()).toBe(1);
  });
});
