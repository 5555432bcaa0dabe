import type { ComponentChildren } from 'preact';
import { Amount, Asked, Field, Status, Time } from '../../../../shared/ui/index.js';
import type { Schema } from '../../../../shared/api/index.js';

/** What an order is called, how far it has come, and why it waits for a person. */
export function OrderHead({
  order,
  children,
}: {
  readonly order: Schema<'Order'>;
  readonly children: ComponentChildren;
}) {
  return (
    <header className="order-head">
      <div className="order-title">
        <h1 className="mono">
          <Field field="/orderNumber">{order.orderNumber}</Field>
        </h1>
        <Asked field="/status">
          <Status value={order.status} />
        </Asked>
      </div>
      <p className="soft facts">
        <span>
          Placed <Time field="/placedAt" at={order.placedAt} />
        </span>
        <span>
          Total <Amount field="/currentTotal" value={order.currentTotal} />
        </span>
        <span>
          Channel <Field field="/channel">{order.channel}</Field>
        </span>
        {order.reference === undefined ? null : (
          <span>
            Reference{' '}
            <Field field="/reference" mono>
              {order.reference}
            </Field>
          </span>
        )}
      </p>
      <Reasons order={order} />
      {children}
    </header>
  );
}

function Reasons({ order: { attention = [], rejection } }: { readonly order: Schema<'Order'> }) {
  return (
    <>
      {rejection === undefined ? null : (
        <p className="notice bad">
          <strong>Rejected.</strong> <Field field="/rejection/detail">{rejection.detail}</Field>{' '}
          <Field field="/rejection/code" mono>
            {rejection.code}
          </Field>
        </p>
      )}
      {attention.map(({ reason, code, detail, since }, index) => (
        <p key={reason + since} className="notice bad">
          <strong>Needs a person.</strong> <Field field={`/attention/${index}/detail`}>{detail}</Field>{' '}
          <Field field={`/attention/${index}/reason`} mono>
            {reason}
          </Field>{' '}
          {code === undefined ? null : (
            <Field field={`/attention/${index}/code`} mono>
              {code}
            </Field>
          )}{' '}
          since <Time field={`/attention/${index}/since`} at={since} />
        </p>
      ))}
    </>
  );
}
