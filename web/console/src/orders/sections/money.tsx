import type { ComponentChildren } from 'preact';
import type { Schema } from '../../../../shared/api/index.js';
import { Amount, Asked, Field, Status, Time } from '../../../../shared/ui/index.js';

type Order = Schema<'Order'>;

const percent = (rate: string): string =>
  new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 3 }).format(rate as `${number}`);

/** Why it costs what it costs, and who paid how much of it. */
export const Money = ({ order }: { readonly order: Order }) => (
  <section className="card" aria-labelledby="money">
    <h2 id="money">Why it costs that</h2>
    <dl className="sums">
      <Sum label="Lines" value={<Amount field="/totals/subtotal" value={order.totals.subtotal} />} />
      <TakenOff order={order} />
      <Sum
        label={<Field field="/shippingCost/name">{order.shippingCost.name}</Field>}
        value={<Amount field="/totals/shipping" value={order.totals.shipping} />}
      />
      <Sum label="Tax on top" value={<Amount field="/totals/tax" value={order.totals.tax} />} />
      <Sum isTotal label="Total as placed" value={<Amount field="/totals/total" value={order.totals.total} />} />
      <Taxes order={order} />
      {order.currentTotal.amount === order.totals.total.amount ? null : (
        <Sum
          isTotal
          label="Total without what was cancelled"
          value={<Amount field="/currentTotal" value={order.currentTotal} />}
        />
      )}
    </dl>
    <p className="soft small">
      Priced by the policy <Field field="/pricing/policy">{order.pricing.policy}</Field>, rounded by{' '}
      <Field field="/pricing/level">{order.pricing.level}</Field> (
      <Field field="/pricing/rounding">{order.pricing.rounding}</Field>), tax zone{' '}
      <Field field="/pricing/zone">{order.pricing.zone ?? 'none'}</Field>.
    </p>
    <Paid order={order} />
  </section>
);

interface SumProps {
  readonly label: ComponentChildren;
  readonly value: ComponentChildren;
  readonly isTotal?: boolean;
}

const Sum = ({ label, value, isTotal = false }: SumProps) => (
  <div className={isTotal ? 'sum total' : 'sum'}>
    <dt>{label}</dt>
    <dd>{value}</dd>
  </div>
);

const TakenOff = ({ order }: { readonly order: Order }) => (
  <>
    <Sum
      label="Discounts"
      value={
        <>
          {order.totals.discount.amount === 0 ? '' : '− '}
          <Amount field="/totals/discount" value={order.totals.discount} />
        </>
      }
    />
    {order.discounts.map(({ promotionId, level, name, code, amount }, index) => (
      <div key={promotionId + level} className="sum part">
        <dt>
          <Field field={`/discounts/${index}/name`}>{name}</Field>
          {code === undefined ? null : (
            <>
              {' '}
              with the code{' '}
              <Field field={`/discounts/${index}/code`} mono>
                {code}
              </Field>
            </>
          )}{' '}
          (<Field field={`/discounts/${index}/level`}>{level}</Field>)
        </dt>
        <dd>
          <Amount field={`/discounts/${index}/amount`} value={amount} />
        </dd>
      </div>
    ))}
  </>
);

const Taxes = ({ order }: { readonly order: Order }) => (
  <>
    {order.taxes.map(({ name, rate, included, base, amount }, index) => (
      <div key={`${name}${rate}`} className="sum part">
        <dt>
          {included ? 'Contains ' : 'With '}
          <Field field={`/taxes/${index}/name`}>{name}</Field>,{' '}
          <Field field={`/taxes/${index}/rate`}>{percent(rate)}</Field> of{' '}
          <Amount field={`/taxes/${index}/base`} value={base} />
        </dt>
        <dd>
          <Amount field={`/taxes/${index}/amount`} value={amount} />
        </dd>
      </div>
    ))}
  </>
);

/** What pays the order, and what went back. */
function Paid({ order: { tenders, payment, refunds = [] } }: { readonly order: Order }) {
  return (
    <>
      <h3>Paid by</h3>
      {payment === null ? <p className="soft">No payment was requested.</p> : <AtProvider payment={payment} />}
      <ul className="plain">
        {tenders.map((tender, index) => (
          <Tender key={tender.paymentId ?? tender.giftCardId ?? index} tender={tender} at={`/tenders/${index}`} />
        ))}
      </ul>
      {refunds.length === 0 ? null : (
        <>
          <h3>Given back</h3>
          <ul className="plain">
            {refunds.map((refund, index) => (
              <Refund key={refund.refundId} refund={refund} at={`/refunds/${index}`} />
            ))}
          </ul>
        </>
      )}
    </>
  );
}

const AtProvider = ({ payment }: { readonly payment: NonNullable<Order['payment']> }) => (
  <p className="facts">
    <Asked field="/payment/status">
      <Status value={payment.status} />
    </Asked>
    <span className="small soft">
      Payment{' '}
      <Field field="/payment/paymentId" mono>
        {payment.paymentId}
      </Field>
    </span>
    {payment.expiresAt === undefined ? null : (
      <span className="small soft">
        held until <Time field="/payment/expiresAt" at={payment.expiresAt} />
      </span>
    )}
  </p>
);

const Tender = ({ tender, at }: { readonly tender: Schema<'OrderTender'>; readonly at: string }) => (
  <li>
    <Field field={`${at}/kind`}>{tender.kind === 'provider' ? 'Payment provider' : 'Gift card'}</Field>
    <dl className="trio">
      <Sum label="Authorised" value={<Amount field={`${at}/authorized`} value={tender.authorized} />} />
      <Sum label="Captured" value={<Amount field={`${at}/captured`} value={tender.captured} />} />
      <Sum label="Refunded" value={<Amount field={`${at}/refunded`} value={tender.refunded} />} />
    </dl>
  </li>
);

const Refund = ({ refund, at }: { readonly refund: Schema<'OrderRefund'>; readonly at: string }) => (
  <li className="facts">
    <strong>
      <Amount field={`${at}/amount`} value={refund.amount} />
    </strong>
    <Asked field={`${at}/status`}>
      <Status value={refund.status} />
    </Asked>
    {refund.reason === undefined ? null : <Field field={`${at}/reason`}>{refund.reason}</Field>}
    <span className="soft small">
      <Time field={`${at}/requestedAt`} at={refund.requestedAt} />
    </span>
  </li>
);
