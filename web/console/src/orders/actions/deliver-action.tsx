import type { Schema } from '../../../../shared/api/index.js';
import { ActionDialog, type Guard } from '../../action/action-dialog.js';
import { api } from '../../engine.js';
import { targetOf } from './order-target.js';

interface DeliverActionProps {
  readonly order: Schema<'Order'>;
  readonly shipment: Schema<'OrderShipment'>;
}

/** Records that a shipment arrived. */
export function DeliverAction({ order, shipment }: DeliverActionProps) {
  const parcel = shipment.trackingNumber ?? shipment.shipmentId;
  const isLast =
    order.status === 'shipped' && order.shipments.filter(({ status }) => status !== 'delivered').length === 1;
  const act = (header: Guard) =>
    api.POST('/v1/shipments/{id}/delivery', { params: { path: { id: shipment.shipmentId }, header }, body: {} });
  return (
    <ActionDialog
      target={targetOf(order)}
      label={order.shipments.length > 1 ? `Delivered: ${parcel}` : 'Delivered'}
      title="Record a delivery"
      confirm="It has arrived"
      act={act}
    >
      <p>
        The shipment <span className="mono">{parcel}</span> is recorded as delivered now.
        {isLast ? ' It is the last one: the order is completed.' : ''}
      </p>
    </ActionDialog>
  );
}
