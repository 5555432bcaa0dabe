import { stepsSince } from './in-words.js';

const at = '2026-11-05T12:00:00.000Z';
const command = { commandId: 'c', key: 'money', target: 'payment-gateway', id: 'p', type: 'capture' };

describe('what a process did meanwhile', () => {
  it('is a line for each step since, and how it stands now', () => {
    const steps = [
      { at, inputs: [{ kind: 'event' as const, name: 'order.shipment-created.v1' }], commands: [] },
      { at, inputs: [{ kind: 'reply' as const, name: 'money', outcome: 'refused' as const }], commands: [] },
      { at, inputs: [{ kind: 'timeout' as const, name: 'capture-again' }], commands: [command] },
    ];
    expect(stepsSince({ steps, state: 'running' }, 1)).toEqual([
      'money refused',
      'capture-again: capture',
      'It is running now.',
    ]);
  });
});
