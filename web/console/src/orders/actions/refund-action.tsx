import { useState } from 'preact/hooks';
import type { Schema } from '../../../../shared/api/index.js';
import { majorUnits, minorUnits, moneyText } from '../../../../shared/format/index.js';
import { AmountInput } from '../../../../shared/ui/index.js';
import { ActionDialog, type Guard } from '../../action/action-dialog.js';
import { ReasonField } from '../../action/reason-field.js';
import { api } from '../../engine.js';
import { leftToRefund } from '../what-is-left.js';
import { targetOf } from './order-target.js';

/** Gives money back to the buyer. */
export function RefundAction({ order }: { readonly order: Schema<'Order'> }) {
  const left = leftToRefund(order);
  const [typed, setTyped] = useState<string | null>(null);
  const [reason, setReason] = useState('');
  const text = typed ?? majorUnits(left);
  const amount = minorUnits(text, left.currency);
  const act = async (header: Guard) => {
    if (amount === null) throw new Error(`“${text}” is no amount of ${left.currency} above zero.`);
    const body = { amount: { amount, currency: left.currency }, reason };
    await api.POST('/v1/orders/{id}/refunds', { params: { path: { id: order.orderId }, header }, body });
    setTyped(null);
    setReason('');
  };
  return (
    <ActionDialog
      target={targetOf(order)}
      label="Refund"
      title={`Refund ${order.orderNumber}`}
      confirm="Give back"
      act={act}
    >
      <p>
        <bdi>{order.email ?? 'The buyer'}</bdi> gets{' '}
        <strong>{amount === null ? '…' : moneyText({ amount, currency: left.currency })}</strong> back the way it was
        paid. At most {moneyText(left)} is left. It cannot be taken back.
      </p>
      <AmountInput label="Amount" currency={left.currency} text={text} isValid={amount !== null} onChange={setTyped} />
      <ReasonField value={reason} onChange={setReason} />
    </ActionDialog>
  );
}
