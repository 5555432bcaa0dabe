import { NotReadyError } from './not-ready.error.js';
import { readinessOf } from './readiness.js';

const well = { name: 'event-store', check: () => Promise.resolve() };
const PATIENCE_MS = 20;

describe('readiness', () => {
  it('is given where every check ends well', async () => {
    expect(await readinessOf([well])).toEqual({ status: 'ready', checks: { 'event-store': 'ok' } });
  });

  it('names what hangs, in its own time, and what else is not well', async () => {
    const hanging = { name: 'key-store', check: () => new Promise<void>(() => {}) };
    const failing = { name: 'read-store', check: () => Promise.reject(new TypeError('at mongodb://secret')) };
    const telling = { name: 'projections', check: () => Promise.reject(new NotReadyError('behind')) };
    expect(await readinessOf([well, hanging, failing, telling], PATIENCE_MS)).toEqual({
      status: 'not-ready',
      checks: {
        'event-store': 'ok',
        'key-store': 'no answer in time',
        'read-store': 'TypeError',
        projections: 'behind',
      },
    });
  });
});
