import { useState } from 'preact/hooks';
import type { Schema } from '../../../../shared/api/index.js';
import { ActionDialog, type Guard } from '../../action/action-dialog.js';
import { api } from '../../engine.js';
import { openLines, type OpenLine } from '../what-is-left.js';
import { targetOf } from './order-target.js';

type Quantities = Readonly<Record<string, number>>;

/** Ships units of open lines; all of them where nothing else is chosen. */
export function ShipAction({ order }: { readonly order: Schema<'Order'> }) {
  const open = openLines(order);
  const [chosen, setChosen] = useState<Quantities>({});
  const [carrier, setCarrier] = useState('');
  const [trackingNumber, setTrackingNumber] = useState('');
  const quantityOf = (line: OpenLine) => Math.min(chosen[line.lineId] ?? line.open, line.open);
  const lines = open
    .map((line) => ({ sku: line.sku, quantity: quantityOf(line) }))
    .filter(({ quantity }) => quantity > 0);
  const isAll = open.every((line) => quantityOf(line) === line.open);
  const act = async (header: Guard) => {
    if (lines.length === 0) throw new Error('Choose at least one unit.');
    const params = { path: { id: order.orderId }, header };
    const how = { ...(carrier === '' ? {} : { carrier }), ...(trackingNumber === '' ? {} : { trackingNumber }) };
    await api.POST('/v1/orders/{id}/shipments', { params, body: { lines, ...how } });
    setChosen({});
  };
  return (
    <ActionDialog target={targetOf(order)} label="Ship" title={`Ship ${order.orderNumber}`} confirm="Ship" act={act}>
      <p>
        {isAll
          ? 'With these units everything has left, and the money is captured.'
          : 'The rest stays open. The money is captured with the last unit.'}
      </p>
      {open.map((line) => (
        <Units
          key={line.lineId}
          line={line}
          value={quantityOf(line)}
          onChange={(to) => setChosen({ ...chosen, ...to })}
        />
      ))}
      <label className="stack tight">
        <span>Carrier (optional)</span>
        <input className="input" value={carrier} onInput={(event) => setCarrier(event.currentTarget.value)} />
      </label>
      <label className="stack tight">
        <span>Tracking number (optional)</span>
        <input
          className="input"
          value={trackingNumber}
          onInput={(event) => setTrackingNumber(event.currentTarget.value)}
        />
      </label>
    </ActionDialog>
  );
}

interface UnitsProps {
  readonly line: OpenLine;
  readonly value: number;
  readonly onChange: (to: Quantities) => void;
}

const Units = ({ line, value, onChange }: UnitsProps) => (
  <label className="units">
    <bdi>{line.name}</bdi>
    <input
      className="input"
      type="number"
      min={0}
      max={line.open}
      required
      value={value}
      onInput={(event) => onChange({ [line.lineId]: event.currentTarget.valueAsNumber || 0 })}
    />
    <span className="soft">of {line.open}</span>
  </label>
);
