import fc from 'fast-check';
import { orderDecider, orderStates } from './index.js';
import type { OrderCommand, OrderEvent, OrderState } from './index.js';
import { opened } from './test-support/an-order.js';
import { commands, deliver, failRefund, refund, ship } from './test-support/commands.js';

const units = fc.integer({ min: 0, max: 4 });
const refundId = fc.constantFrom('r1', 'r2', 'r3');
const CAPTURED = 9_300;

const anyCommand: fc.Arbitrary<OrderCommand> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom<OrderCommand>(...Object.values(commands)) },
  { weight: 3, arbitrary: fc.tuple(units, units).map(([TEA, POT]) => ship({ TEA, POT })) },
  { weight: 2, arbitrary: fc.constantFrom('TEA', 'POT', 'CUP').map((sku) => ship({ [sku]: 1 })) },
  { weight: 3, arbitrary: fc.integer({ min: 1, max: 4 }).map(deliver) },
  {
    weight: 2,
    arbitrary: fc.tuple(refundId, fc.integer({ min: -1, max: 6_000 })).map(([id, n]) => refund(id, n, CAPTURED)),
  },
  { weight: 1, arbitrary: refundId.map(failRefund) },
);
/** Most histories begin confirmed, so that what comes later is reached as often as the checkout. */
const anyCommands = fc
  .tuple(fc.constantFrom(0, 1, 2, 2, 2), fc.array(anyCommand, { maxLength: 30, size: 'max' }))
  .map(([begun, then]) => [...[commands.open, commands.confirm].slice(0, begun), ...then]);

interface Step {
  readonly before: OrderState['status'];
  readonly state: OrderState;
  readonly command: OrderCommand;
}

function run(commandList: readonly OrderCommand[], after: (step: Step) => void): readonly OrderEvent[] {
  const events: OrderEvent[] = [];
  let state = orderDecider.initialState();
  for (const command of commandList) {
    const before = state.status;
    const decision = orderDecider.decide(command, state);
    const added = decision.accepted ? decision.events : [];
    state = added.reduce(orderDecider.evolve, state);
    events.push(...added);
    after({ before, state, command });
  }
  return events;
}

const sum = (numbers: readonly number[]): number => numbers.reduce((total, n) => total + n, 0);
const of = <Type extends OrderEvent['type']>(events: readonly OrderEvent[], type: Type) =>
  events.filter((event): event is Extract<OrderEvent, { type: Type }> => event.type === type);

describe('laws of orders', () => {
  it('an order never leaves its table of states', () => {
    fc.assert(
      fc.property(anyCommands, (commandList) => {
        run(commandList, ({ before, state }) => {
          if (state.status !== before) expect(orderStates[before]).toContain(state.status);
        });
      }),
    );
  });

  it('every state of the table is reached', () => {
    const reached = new Set<string>();
    fc.assert(
      fc.property(anyCommands, (commandList) => {
        run(commandList, ({ state }) => reached.add(state.status));
      }),
      { numRuns: 1_000, seed: 7 },
    );
    expect([...reached].sort()).toEqual(Object.keys(orderStates).sort());
  });

  it('a line ships or is cancelled at most as often as it was bought, and what is neither is open', () => {
    fc.assert(
      fc.property(anyCommands, (commandList) => {
        let state = orderDecider.initialState();
        const events = run(commandList, (step) => (state = step.state));
        for (const line of opened.data.lines) {
          const count = (lines: readonly { sku: string; quantity: number }[]) =>
            sum(lines.filter(({ sku }) => sku === line.sku).map(({ quantity }) => quantity));
          const shipped = count(of(events, 'order.shipment-created.v1').flatMap(({ data }) => data.lines));
          const cancelled = count(of(events, 'order.cancelled.v1').flatMap(({ data }) => data.lines));
          expect(shipped + cancelled).toBeLessThanOrEqual(line.quantity);
          if ('open' in state) expect(state.open.get(line.sku) ?? 0).toBe(line.quantity - shipped - cancelled);
        }
      }),
    );
  });

  it('refunds that did not fail never exceed what was captured', () => {
    fc.assert(
      fc.property(anyCommands, (commandList) => {
        const events = run(commandList, () => undefined);
        const asked = sum(of(events, 'order.refund-requested.v1').map(({ data }) => data.amount.amount));
        const failed = sum(of(events, 'order.refund-failed.v1').map(({ data }) => data.amount.amount));
        expect(asked - failed).toBeLessThanOrEqual(CAPTURED);
      }),
    );
  });

  it('no revenue is taken back that was not counted', () => {
    fc.assert(
      fc.property(anyCommands, (commandList) => {
        const events = run(commandList, () => undefined);
        const revenue = (type: 'order.confirmed.v1' | 'order.cancelled.v1') =>
          sum(of(events, type).flatMap(({ data }) => data.lines.map((line) => line.revenue.amount)));
        expect(revenue('order.cancelled.v1')).toBeLessThanOrEqual(revenue('order.confirmed.v1'));
      }),
    );
  });

  it('a command that is sent again adds nothing', () => {
    fc.assert(
      fc.property(anyCommands, (commandList) => {
        run(commandList, ({ state, command }) => {
          // Two shipments with the same lines are two shipments; their command id tells a retry.
          if (command.type === 'create-shipment') return;
          const again = orderDecider.decide(command, state);
          expect(again.accepted ? again.events : []).toEqual([]);
        });
      }),
    );
  });
});
