import type { Schema } from '../../../../shared/api/index.js';
import { useStore } from '../../../../shared/store.js';
import { session } from '../../session.js';
import { isUnderWay, leftToRefund, openLines } from '../what-is-left.js';
import { CancelAction } from './cancel-action.js';
import { DeliverAction } from './deliver-action.js';
import { RefundAction } from './refund-action.js';
import { RetryAction } from './retry-action.js';
import { ShipAction } from './ship-action.js';

/** What the provider can be asked again for. */
const RETRIED = new Set(['PAYMENT.CAPTURE_FAILED', 'PAYMENT.VOID_FAILED', 'PAYMENT.REFUND_FAILED']);

/** What can be done to the order as it stands, by who is signed in. */
export function OrderActions({ order }: { readonly order: Schema<'Order'> }) {
  const isAdmin = useStore(session)?.role === 'admin';
  const hasOpen = isUnderWay(order) && openLines(order).length > 0;
  const parcels = isAdmin ? order.shipments.filter(({ status }) => status !== 'delivered') : [];
  return (
    <div className="actions" role="group" aria-label="Actions">
      {(order.attention ?? []).some(({ code = '' }) => RETRIED.has(code)) ? <RetryAction order={order} /> : null}
      {isAdmin && hasOpen ? <ShipAction order={order} /> : null}
      {parcels.map((shipment) => (
        <DeliverAction key={shipment.shipmentId} order={order} shipment={shipment} />
      ))}
      {leftToRefund(order).amount > 0 ? <RefundAction order={order} /> : null}
      {hasOpen ? <CancelAction order={order} /> : null}
    </div>
  );
}
