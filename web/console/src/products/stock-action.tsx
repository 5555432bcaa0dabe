import { useState } from 'preact/hooks';
import { ActionDialog, type Guard } from '../action/action-dialog.js';
import { ReasonField } from '../action/reason-field.js';
import { api } from '../engine.js';
import { productTarget } from './product-target.js';

const WORDS = {
  receipt: {
    label: 'Receive',
    title: 'Receive units',
    will: 'These units are added to the stock and can be sold at once.',
    least: 1,
  },
  adjustment: {
    label: 'Adjust',
    title: 'Adjust the stock',
    will: 'What was counted differs from what is recorded: units that were found are above zero, missing ones below.',
    least: -1_000_000_000,
  },
} as const;

interface StockActionProps {
  readonly sku: string;
  readonly kind: keyof typeof WORDS;
}

/** Records units that came in, or that were found or are missing. */
export function StockAction({ sku, kind }: StockActionProps) {
  const [quantity, setQuantity] = useState('');
  const [location, setLocation] = useState('');
  const [reason, setReason] = useState('');
  const { label, title, will, least } = WORDS[kind];
  const act = async ({ 'Idempotency-Key': key }: Guard) => {
    const params = { path: { sku }, header: { 'Idempotency-Key': key } };
    const body = { quantity: Number(quantity), ...(location === '' ? {} : { location }) };
    if (kind === 'receipt') await api.POST('/v1/inventory/{sku}/receipts', { params, body });
    else await api.POST('/v1/inventory/{sku}/adjustments', { params, body: { ...body, reason } });
    setQuantity('');
    setReason('');
  };
  return (
    <ActionDialog target={productTarget(sku)} label={label} title={title} confirm={label} act={act}>
      <p>{will}</p>
      <label className="stack tight">
        <span>Units</span>
        <input
          className="input"
          type="number"
          min={least}
          required
          value={quantity}
          onInput={(event) => setQuantity(event.currentTarget.value)}
        />
      </label>
      <label className="stack tight">
        <span>Location (optional)</span>
        <input
          className="input"
          placeholder="default"
          value={location}
          onInput={(event) => setLocation(event.currentTarget.value)}
        />
      </label>
      {kind === 'adjustment' ? <ReasonField value={reason} onChange={setReason} /> : null}
    </ActionDialog>
  );
}
