import type { Schema } from '../../../../shared/api/index.js';
import { Asked, Field, Status, Time } from '../../../../shared/ui/index.js';
import { namesOf } from '../timeline.js';

/** What left, how, and whether it arrived. */
export function Shipments({ order }: { readonly order: Schema<'Order'> }) {
  const names = namesOf(order);
  return (
    <section className="card" aria-labelledby="shipments">
      <h2 id="shipments">Shipments</h2>
      {order.shipments.length === 0 ? <p className="soft">Nothing has left yet.</p> : null}
      <ul className="plain">
        {order.shipments.map((shipment, index) => (
          <Shipment key={shipment.shipmentId} shipment={shipment} names={names} at={`/shipments/${index}`} />
        ))}
      </ul>
    </section>
  );
}

interface ShipmentProps {
  readonly shipment: Schema<'OrderShipment'>;
  readonly names: ReadonlyMap<string, string>;
  readonly at: string;
}

const Shipment = ({ shipment, names, at }: ShipmentProps) => (
  <li>
    <p className="facts">
      <Asked field={`${at}/status`}>
        <Status value={shipment.status} />
      </Asked>
      {shipment.carrier === undefined ? null : <Field field={`${at}/carrier`}>{shipment.carrier}</Field>}
      {shipment.trackingNumber === undefined ? null : (
        <Field field={`${at}/trackingNumber`} mono>
          {shipment.trackingNumber}
        </Field>
      )}
    </p>
    <p className="soft small">
      Created <Time field={`${at}/createdAt`} at={shipment.createdAt} />
      {shipment.deliveredAt === undefined ? null : (
        <>
          , delivered <Time field={`${at}/deliveredAt`} at={shipment.deliveredAt} />
        </>
      )}
    </p>
    <ul className="small">
      {shipment.lines.map(({ lineId, sku, quantity }, index) => (
        <li key={lineId}>
          <Asked field={`${at}/lines/${index}/quantity`}>{quantity}</Asked> ×{' '}
          <Field field={`${at}/lines/${index}/sku`} mono>
            {sku}
          </Field>{' '}
          <bdi>{names.get(sku)}</bdi>
        </li>
      ))}
    </ul>
  </li>
);
