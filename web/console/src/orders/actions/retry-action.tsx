import type { Schema } from '../../../../shared/api/index.js';
import { ActionDialog, type Guard } from '../../action/action-dialog.js';
import { api } from '../../engine.js';
import { targetOf } from './order-target.js';

/** Asks the provider again for what it refused for good. */
export function RetryAction({ order }: { readonly order: Schema<'Order'> }) {
  const act = (header: Guard) =>
    api.POST('/v1/orders/{id}/attention/retry', { params: { path: { id: order.orderId }, header } });
  return (
    <ActionDialog
      target={targetOf(order)}
      label="Try the payment again"
      title="Try the payment again"
      confirm="Ask the provider again"
      act={act}
    >
      <p>The payment provider is asked again for what it refused:</p>
      <ul>
        {(order.attention ?? [])
          .filter(({ code }) => code !== undefined)
          .map(({ reason, since, detail }) => (
            <li key={reason + since}>{detail}</li>
          ))}
      </ul>
      <p>Where it takes it this time, the order goes on by itself and needs nobody any more.</p>
    </ActionDialog>
  );
}
