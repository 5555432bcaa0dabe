import { given } from '../shared/test-support/index.js';
import { orderDecider } from './index.js';
import type { OrderEvent, ProcessStanding, RequestRepair } from './index.js';
import { confirmed, opened, refundFailed, refundRequested, rejected, shipped, usd } from './test-support/an-order.js';

const pending = given(orderDecider).events(opened);
const order = pending.events(confirmed, shipped(1, { TEA: 3, POT: 2 }, true));

const open: ProcessStanding = { isDone: false, mayRetry: true, mayCompensate: true };
const repair = (more: Partial<RequestRepair> = {}): RequestRepair => ({
  type: 'request-repair',
  repair: 'retry',
  process: 'fulfilment',
  processId: 'o1',
  version: 4,
  standing: open,
  reason: 'the bank has lifted its block',
  ...more,
});
const asked = (more: Partial<RequestRepair> = {}): OrderEvent => {
  const { repair: what, process, processId, version, reason } = repair(more);
  const { personId } = opened.data;
  const data = { orderId: 'o1', process, processId, version, personId, reason };
  return what === 'retry'
    ? { type: 'order.process-retry-requested.v1', data }
    : { type: 'order.process-compensation-requested.v1', data };
};

describe('the repair of a process', () => {
  it('is asked of any order once as the process stands, and again once it stands otherwise', () => {
    for (const at of [pending, order, pending.events(rejected)]) at.when(repair()).thenOnce(asked());
    order
      .events(asked())
      .when(repair({ version: 5 }))
      .then(asked({ version: 5 }));
    order
      .events(asked())
      .when(repair({ process: 'refund', processId: 'r1' }))
      .then(asked({ process: 'refund', processId: 'r1' }));
  });

  it('is refused where something else was just asked of it', () => {
    order
      .events(asked())
      .when(repair({ repair: 'compensate' }))
      .refused('SAGA.REPAIR_REQUESTED', { repair: 'retry' });
    order
      .events(asked({ repair: 'compensate' }))
      .when(repair())
      .refused('SAGA.REPAIR_REQUESTED', { repair: 'compensate' });
    order
      .events(asked())
      .when(repair({ repair: 'compensate', version: 5 }))
      .then(asked({ repair: 'compensate', version: 5 }));
  });

  it('is refused by how the process stands', () => {
    const standing = (more: Partial<ProcessStanding>) => ({ standing: { ...open, ...more } });
    order.when(repair(standing({ isDone: true }))).refused('SAGA.DONE');
    order.when(repair({ repair: 'compensate', ...standing({ isDone: true }) })).refused('SAGA.DONE');
    order.when(repair(standing({ mayRetry: false }))).refused('SAGA.NOTHING_TO_RETRY');
    order.when(repair({ repair: 'compensate', ...standing({ mayCompensate: false }) })).refused('SAGA.NOT_COMPENSABLE');
    given(orderDecider).when(repair()).refused('ORDER.NOT_FOUND');
  });

  it('asks for a failed refund again in the same decision, and for that one alone', () => {
    const failed = (id: string): OrderEvent[] => [
      refundRequested(id, 100),
      refundFailed(id, 100),
      {
        type: 'order.attention-needed.v1',
        data: { orderId: 'o1', code: 'PAYMENT.REFUND_FAILED', detail: 'Refused.', refundId: id },
      },
    ];
    const of = { process: 'refund', processId: 'r2' };
    const refunding = order.events(...failed('r1'), ...failed('r2'));
    const decision = orderDecider.decide(repair({ ...of, money: { captured: usd(9_300) } }), refunding.state());
    const events = decision.accepted ? decision.events : [];
    expect(events).toMatchObject([
      asked(of),
      { type: 'order.refund-requested.v1', data: { refundId: 'r2', reason: null } },
    ]);
  });
});
