import fc from 'fast-check';
import type { OrderEvent } from '../../domain/order/index.js';
import { paymentDecider, paymentView } from '../../domain/payment/index.js';
import type { PaymentCommand, PaymentEvent } from '../../domain/payment/index.js';
import {
  authorize,
  capture,
  captured,
  decideAll,
  EventLog,
  fold,
  refund,
  refunded,
  request,
} from '../shared/test-support/index.js';
import { ordersReadModel } from './orders.read-model.js';
import { opened } from './test-support/placed-order.js';

const requireAction: PaymentCommand = {
  type: 'record-action-required',
  reference: 'at-1',
  action: { type: 'redirect', url: 'https://bank.example/secret' },
};
const code = 'PAYMENT.DECLINED';

describe('the payment of an order', () => {
  it('never differs from the payment as it is read', () => {
    const amount = fc.constantFrom(0, 1, 400, 1000);
    const refundId = fc.constantFrom('r-1', 'r-2', 'r-3');
    const detail = 'No.';
    const command: fc.Arbitrary<PaymentCommand> = fc.oneof(
      fc.constantFrom<PaymentCommand>(
        authorize,
        authorize,
        requireAction,
        captured,
        captured,
        { type: 'record-decline', reference: 'at-1', code, detail },
        { type: 'fail-payment', code, detail },
        { type: 'record-capture-failure', reference: null, code, detail },
        { type: 'request-void', paymentId: 'p-1', orderId: 'o-1', idempotencyKey: 'v', reason: 'cancelled' },
        { type: 'record-void', reference: null },
      ),
      amount.map(capture),
      fc.tuple(refundId, amount).map(([id, units]) => refund(id, units)),
      refundId.map(refunded),
      refundId.map((id): PaymentCommand => ({
        type: 'record-refund-failure',
        refundId: id,
        reference: null,
        code,
        detail,
      })),
    );
    fc.assert(
      fc.property(fc.array(command, { maxLength: 20 }), (commands) => {
        const { state, events } = decideAll(paymentDecider, [request, ...commands]);
        const log = new EventLog<OrderEvent | PaymentEvent>().append('order-o-1', opened);
        for (const event of events) log.append('payment-p-1', event);
        const order = fold(ordersReadModel, log.events).get('o-1');
        expect({ orderId: 'o-1', ...(order?.['payment'] as object) }).toEqual(paymentView(state));
      }),
      { numRuns: 300 },
    );
  });
});
