import fc from 'fast-check';
import { inventoryDecider, stockView } from './index.js';
import type { InventoryCommand, ReleaseStock, InventoryEvent, InventoryState } from './index.js';
import { inventorySnapshot } from './state.js';
import { adjust, commit, receive, release, releaseForGood, reserve } from './test-support/commands.js';
import { closed, sku } from './test-support/stock.js';

const location = fc.constantFrom('a', 'b', 'c');
const orderId = fc.constantFrom('o1', 'o2', 'o3', 'o4');
const quantity = fc.integer({ min: -2, max: 12 });

const anyCommand: fc.Arbitrary<InventoryCommand> = fc.oneof(
  fc.tuple(quantity, location).map(([units, at]) => receive(units, at)),
  fc.tuple(quantity, location).map(([units, at]) => adjust(units - 5, at)),
  fc.tuple(orderId, quantity).map(([order, units]) => reserve(order, units)),
  orderId.map(release),
  orderId.map(releaseForGood),
  fc
    .tuple(orderId, fc.integer({ min: 1, max: 3 }), quantity)
    .map(([order, n, units]) => commit(order, `${order}.${n}`, units)),
);
const anyCommands = fc.array(anyCommand, { maxLength: 60, size: 'max' });

/** The events of the commands, each decided on what the ones before it left; `after` looks at every step. */
function run(
  commands: readonly InventoryCommand[],
  after: (state: InventoryState, events: readonly InventoryEvent[], command: InventoryCommand) => void,
): readonly InventoryEvent[] {
  const all: InventoryEvent[] = [];
  let state = inventoryDecider.initialState();
  for (const command of commands) {
    const decision = inventoryDecider.decide(command, state);
    const events = decision.accepted ? decision.events : [];
    state = events.reduce(inventoryDecider.evolve, state);
    all.push(...events);
    after(state, all, command);
  }
  return all;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);

/** Counted from the events alone, so that the fold cannot agree with itself. */
function count(events: readonly InventoryEvent[]) {
  const totals = { received: 0, adjusted: 0, shipped: 0 };
  for (const event of events) {
    if (event.type === 'inventory.received.v1') totals.received += event.data.quantity;
    if (event.type === 'inventory.adjusted.v1') totals.adjusted += event.data.quantity;
    if (event.type === 'inventory.committed.v1') totals.shipped += sum(event.data.allocations.map((a) => a.quantity));
  }
  return totals;
}

const heldAt = (state: InventoryState, place: string): number =>
  sum(
    [...state.holds.values()].flatMap((hold) =>
      hold.allocations.filter((a) => a.location === place).map((a) => a.quantity),
    ),
  );

/** The hold is gone with the first: the second finds none, and says that there will be none. */
function isReleasedForGood(command: InventoryCommand, events: readonly InventoryEvent[]): command is ReleaseStock {
  const last = events.at(-1);
  if (command.type !== 'release-stock' || command.expiresAt === undefined) return false;
  return last?.type === 'inventory.released.v1' && last.data.orderId === command.orderId;
}

describe('laws of stock', () => {
  it('what was received and adjusted is on hand or shipped, and nothing is ever below zero', () => {
    fc.assert(
      fc.property(anyCommands, (commands) => {
        run(commands, (state, events) => {
          const { received, adjusted, shipped } = count(events);
          expect(state.onHand).toBe(received + adjusted - shipped);
          for (const place of stockView(sku, state).locations) {
            expect(Math.min(place.onHand, place.reserved, place.available)).toBeGreaterThanOrEqual(0);
          }
        });
      }),
    );
  });

  it('the sums are those of the locations, and what is reserved at a location is what orders hold there', () => {
    fc.assert(
      fc.property(anyCommands, (commands) => {
        run(commands, (state) => {
          const { onHand, reserved, available, locations } = stockView(sku, state);
          expect(sum(locations.map((place) => place.onHand))).toBe(onHand);
          expect(sum(locations.map((place) => place.reserved))).toBe(reserved);
          expect(available).toBe(onHand - reserved);
          for (const place of locations) expect(heldAt(state, place.location)).toBe(place.reserved);
        });
      }),
    );
  });

  it('an event says how many can be sold after it, which a shipment does not change', () => {
    fc.assert(
      fc.property(anyCommands, (commands) => {
        let [before, free] = [0, 0];
        run(commands, (state, events) => {
          const { available } = stockView(sku, state);
          for (const { data } of events.slice(before))
            expect('available' in data ? data.available : free).toBe(available);
          [before, free] = [events.length, available];
        });
      }),
    );
  });

  it('an order is given all that it asked for, from places that had it, or nothing', () => {
    fc.assert(
      fc.property(anyCommands, (commands) => {
        let before = 0;
        run(commands, (_, events, command) => {
          const event = events.length > before ? events.at(-1) : undefined;
          before = events.length;
          if (command.type !== 'reserve-stock' || event?.type !== 'inventory.reserved.v1') return;
          const units = event.data.allocations.map((allocation) => allocation.quantity);
          expect(sum(units)).toBe(command.quantity);
          expect(Math.min(...units)).toBeGreaterThan(0);
        });
      }),
    );
  });

  it('a command that is sent again adds nothing', () => {
    fc.assert(
      fc.property(anyCommands, (commands) => {
        run(commands, (state, events, command) => {
          // Receiving and adjusting twice are two deliveries and two corrections; their command id tells a retry.
          if (command.type === 'receive-stock' || command.type === 'adjust-stock') return;
          const again = inventoryDecider.decide(command, state);
          expect(again.accepted ? again.events : []).toEqual(
            isReleasedForGood(command, events) ? [closed(command.orderId)] : [],
          );
        });
      }),
    );
  });

  it('an order whose reservation is closed is given nothing any more', () => {
    fc.assert(
      fc.property(anyCommands, (commands) => {
        run(commands, (state, events) => {
          for (const { type, data } of events)
            if (type === 'inventory.reservation-closed.v1') expect(state.holds.has(data.orderId)).toBe(false);
        });
      }),
    );
  });

  it('N units are sold to at most N buyers, and to exactly N while more of them ask', () => {
    const buyers = fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 40 });
    const places = fc.array(fc.integer({ min: 1, max: 9 }), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(places, buyers, (receipts, wanted) => {
        const orders = wanted.map((units, n) => reserve(`o${n}`, units));
        const shipments = wanted.map((units, n) => commit(`o${n}`, `o${n}.1`, units));
        const receiving = receipts.map((units, n) => receive(units, `place-${n}`));
        const events = run([...receiving, ...orders, ...shipments], () => undefined);
        const { received, shipped } = count(events);
        expect(shipped).toBeLessThanOrEqual(received);
        if (wanted.every((units) => units === 1)) expect(shipped).toBe(Math.min(received, wanted.length));
      }),
    );
  });

  it('a snapshot reads back as the folded state, and folds on like it', () => {
    const { write, read } = inventorySnapshot;
    fc.assert(
      fc.property(anyCommands, anyCommands, (before, after) => {
        const folded = (events: readonly InventoryEvent[], from: InventoryState) =>
          events.reduce(inventoryDecider.evolve, from);
        const past = run(before, () => undefined);
        const all = run([...before, ...after], () => undefined);
        const whole = folded(past, inventoryDecider.initialState());
        const restored = read(JSON.parse(JSON.stringify(write(whole))));
        expect(restored).toEqual(whole);
        expect(folded(all.slice(past.length), restored)).toEqual(folded(all, inventoryDecider.initialState()));
      }),
    );
  });
});
