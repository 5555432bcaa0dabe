import fc from 'fast-check';
import { paymentDecider, paymentView } from './index.js';
import type { PaymentCommand, PaymentEvent, PaymentState } from './index.js';
import { commands, recordRefund, recordRefundFailure, requestCapture, requestRefund } from './test-support/facts.js';

const amount = fc.integer({ min: -1, max: 12_000 });
const refundId = fc.constantFrom('r1', 'r2', 'r3', 'r4');

const anyCommand: fc.Arbitrary<PaymentCommand> = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom<PaymentCommand>(...Object.values(commands)) },
  {
    weight: 2,
    arbitrary: fc.tuple(amount, fc.constantFrom('c1', 'c2')).map(([units, key]) => requestCapture(units, key)),
  },
  { weight: 2, arbitrary: fc.tuple(refundId, amount).map(([id, units]) => requestRefund(id, units)) },
  { weight: 2, arbitrary: refundId.map(recordRefund) },
  { weight: 1, arbitrary: refundId.map(recordRefundFailure) },
);
/** Half of the histories begin with captured money, so that refunds are reached as often as the rest. */
const captureFirst: readonly PaymentCommand[] = [
  commands.request,
  commands.authorize,
  requestCapture(10_000),
  commands.recordCapture,
];
const anyCommands = fc
  .tuple(fc.boolean(), fc.array(anyCommand, { maxLength: 40, size: 'max' }))
  .map(([taken, then]) => [...(taken ? captureFirst : [commands.request]), ...then]);

function run(commandList: readonly PaymentCommand[], after: (state: PaymentState, command: PaymentCommand) => void) {
  const events: PaymentEvent[] = [];
  let state = paymentDecider.initialState();
  for (const command of commandList) {
    const decision = paymentDecider.decide(command, state);
    const added = decision.accepted ? decision.events : [];
    state = added.reduce(paymentDecider.evolve, state);
    events.push(...added);
    after(state, command);
  }
  return events;
}

const total = (events: readonly PaymentEvent[], type: PaymentEvent['type']): number =>
  events.reduce(
    (sum, event) => sum + (event.type === type && 'amount' in event.data ? event.data.amount.amount : 0),
    0,
  );

describe('laws of money', () => {
  it('authorised ≥ captured ≥ refunded ≥ 0, whatever is asked for and answered in whatever order', () => {
    fc.assert(
      fc.property(anyCommands, (commandList) => {
        run(commandList, (state) => {
          const view = paymentView(state);
          if (view === null) return;
          expect(view.authorized.amount).toBeGreaterThanOrEqual(view.captured.amount);
          expect(view.captured.amount).toBeGreaterThanOrEqual(view.refunded.amount);
          expect(view.refunded.amount).toBeGreaterThanOrEqual(0);
        });
      }),
    );
  });

  it('the balances are the sums of the facts', () => {
    fc.assert(
      fc.property(anyCommands, (commandList) => {
        let state = paymentDecider.initialState();
        const events = run(commandList, (now) => (state = now));
        const view = paymentView(state);
        expect(view?.captured.amount).toBe(total(events, 'payment.captured.v1'));
        expect(view?.refunded.amount).toBe(total(events, 'payment.refunded.v1'));
        const promised = total(events, 'payment.refund-requested.v1') - total(events, 'payment.refund-failed.v1');
        expect(promised).toBeLessThanOrEqual(total(events, 'payment.captured.v1'));
      }),
    );
  });

  it('money is captured at most once and never both captured and voided', () => {
    fc.assert(
      fc.property(anyCommands, (commandList) => {
        const types = run(commandList, () => undefined).map((event) => event.type);
        const captures = types.filter((type) => type === 'payment.captured.v1').length;
        expect(captures).toBeLessThanOrEqual(1);
        if (captures === 1)
          expect(types.lastIndexOf('payment.voided.v1')).toBeLessThan(types.indexOf('payment.captured.v1'));
      }),
    );
  });

  it('a command that is sent again adds nothing', () => {
    fc.assert(
      fc.property(anyCommands, (commandList) => {
        run(commandList, (state, command) => {
          const again = paymentDecider.decide(command, state);
          expect(again.accepted ? again.events : []).toEqual([]);
        });
      }),
    );
  });
});
