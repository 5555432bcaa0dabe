import { useQuery } from '@tanstack/react-query';
import { Link } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { moneyText } from '../../../shared/format/index.js';
import { useStore } from '../../../shared/store.js';
import { Alert } from '../../../shared/ui/index.js';
import { api } from '../engine.js';
import { session } from '../session.js';

type Policy = Schema<'PricingPolicyInForce'>;

const usePolicy = () =>
  useQuery({
    queryKey: ['pricing-policy'],
    queryFn: async ({ signal }) => (await api.GET('/v1/pricing-policy', { signal })).data,
  });

const percent = (rate: string): string =>
  new Intl.NumberFormat(undefined, { style: 'percent', maximumFractionDigits: 3 }).format(rate as `${number}`);

type ShippingRate = Policy['shippingMethods'][number]['rates'][number];

/** `€4.95 from €50.00 on, to DE, AT`. */
function rateText({ price, currency, subtotalFrom, countries }: ShippingRate): string {
  const money = (amount: number): string => (currency === undefined ? 'free' : moneyText({ amount, currency }));
  const from = subtotalFrom === undefined ? '' : ` from ${money(subtotalFrom)} on`;
  return `${money(price)}${from}${countries === undefined ? '' : `, to ${countries.join(', ')}`}`;
}

/** The policy that carts are priced by: taxes by zone, shipping by method. */
export default function PricingPage() {
  const { data: policy, error } = usePolicy();
  const isAdmin = useStore(session)?.role === 'admin';
  return (
    <>
      <div className="page-head">
        <h1>Taxes and shipping</h1>
        {isAdmin ? (
          <Link href="/pricing/edit" className="button">
            Edit
          </Link>
        ) : null}
      </div>
      <Alert error={error} />
      {policy === undefined ? null : <InForce policy={policy} />}
    </>
  );
}

const InForce = ({ policy }: { readonly policy: Policy }) => (
  <>
    <p className="soft">
      The policy <strong>{policy.name}</strong> is in force (<span className="mono">{policy.hash}</span>). Taxes are
      rounded by {policy.level}, {policy.rounding}; shipping is {policy.taxShipping ? '' : 'not '}taxed.
    </p>
    <section className="card" aria-labelledby="zones">
      <h2 id="zones">Tax zones</h2>
      {policy.taxZones.length === 0 ? <p className="soft">Nothing is taxed.</p> : null}
      <ul className="plain">
        {policy.taxZones.map((zone) => (
          <li key={zone.name ?? zone.countries.join()}>
            <strong>{zone.name ?? zone.countries.join(', ')}</strong>{' '}
            <span className="soft">{[...zone.countries, ...(zone.regions ?? [])].join(', ')}</span>
            <ul>
              {zone.rates.map(({ name, rate, included, taxClass }) => (
                <li key={`${name} ${taxClass ?? ''}`}>
                  {name}: {percent(rate)} {included ? 'contained in prices' : 'on top'}
                  {taxClass === undefined ? '' : `, for ${taxClass}`}
                </li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
    <section className="card" aria-labelledby="methods">
      <h2 id="methods">Shipping methods</h2>
      <ul className="plain">
        {policy.shippingMethods.map(({ id, name, rates }) => (
          <li key={id}>
            <strong>{name}</strong> <span className="mono soft small">{id}</span>
            <ul>
              {rates.map((rate) => (
                <li key={JSON.stringify(rate)}>{rateText(rate)}</li>
              ))}
            </ul>
          </li>
        ))}
      </ul>
    </section>
  </>
);
