import type { Schema } from '../../../../shared/api/index.js';
import { Field } from '../../../../shared/ui/index.js';

/** The members of an address, a line each; what they are separated by within one differs from country to country. */
const ROWS = [['name'], ['line1'], ['line2'], ['postalCode', 'city', 'region'], ['country']] as const;

/** Who bought and where it goes. */
export function People({ order }: { readonly order: Schema<'Order'> }) {
  const { email, shippingAddress, billingAddress, destination } = order;
  return (
    <section className="card" aria-labelledby="buyer">
      <h2 id="buyer">Buyer</h2>
      <p>
        {email === null ? (
          <span className="soft">
            The person was forgotten: what is left is <Field field="/destination/country">{destination.country}</Field>.
          </span>
        ) : (
          <bdi>
            <Field field="/email">{email}</Field>
          </bdi>
        )}
      </p>
      {shippingAddress === null ? null : <Place title="Goes to" address={shippingAddress} at="/shippingAddress" />}
      {billingAddress === undefined ? null : <Place title="Billed to" address={billingAddress} at="/billingAddress" />}
    </section>
  );
}

interface PlaceProps {
  readonly title: string;
  readonly address: Schema<'Address'>;
  readonly at: string;
}

const Place = ({ title, address, at }: PlaceProps) => (
  <>
    <h3>{title}</h3>
    <address>
      {ROWS.map((parts) => (
        <bdi key={parts[0]} className="address-row">
          {parts
            .filter((part) => address[part] !== undefined)
            .map((part) => (
              <Field key={part} field={`${at}/${part}`}>
                {address[part]}
              </Field>
            ))}
        </bdi>
      ))}
    </address>
  </>
);
