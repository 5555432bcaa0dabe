import { allocate } from './decider.js';
import type { ReservationPolicy } from './decider.js';

const asListed: ReservationPolicy = {
  name: 'as-listed',
  inOrder: (locations) =>
    Array.from(locations, ([location, { onHand, reserved }]) => ({ location, available: onHand - reserved })),
};

describe('the units of a reservation', () => {
  it('come from no location that has none, in whatever order a policy goes through them', () => {
    const locations = new Map([
      ['empty', { onHand: 0, reserved: 0 }],
      ['promised', { onHand: 4, reserved: 4 }],
      ['north', { onHand: 3, reserved: 1 }],
      ['south', { onHand: 9, reserved: 0 }],
    ]);
    expect(allocate(asListed, locations, 5)).toEqual([
      { location: 'north', quantity: 2 },
      { location: 'south', quantity: 3 },
    ]);
  });
});
