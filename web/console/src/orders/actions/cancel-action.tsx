import { useState } from 'preact/hooks';
import type { Schema } from '../../../../shared/api/index.js';
import { ActionDialog, type Guard } from '../../action/action-dialog.js';
import { ReasonField } from '../../action/reason-field.js';
import { api } from '../../engine.js';
import { openLines } from '../what-is-left.js';
import { targetOf } from './order-target.js';

/** Cancels what has not left yet. */
export function CancelAction({ order }: { readonly order: Schema<'Order'> }) {
  const [reason, setReason] = useState('');
  const act = async (header: Guard) => {
    const params = { path: { id: order.orderId }, header };
    await api.POST('/v1/orders/{id}/cancellation', { params, body: { reason } });
    setReason('');
  };
  return (
    <ActionDialog
      target={targetOf(order)}
      label="Cancel"
      title={`Cancel ${order.orderNumber}`}
      confirm="Cancel the order"
      act={act}
      isDangerous
    >
      <p>These units go back to stock, and the money that is held for them is let go. It cannot be taken back.</p>
      <ul>
        {openLines(order).map(({ lineId, name, open }) => (
          <li key={lineId}>
            {open} × <bdi>{name}</bdi>
          </li>
        ))}
      </ul>
      {order.shipments.length > 0 ? <p>What has shipped already is charged.</p> : null}
      <ReasonField value={reason} onChange={setReason} />
    </ActionDialog>
  );
}
