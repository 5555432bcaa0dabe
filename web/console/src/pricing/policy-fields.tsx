import { AmountField, ChoiceField, CurrencyField, FlagField, LinesField, Rows, TextField } from '../form/index.js';
import { NO_METHOD, NO_SHIPPING_RATE, NO_TAX_RATE, NO_ZONE } from './policy-draft.js';

const ROUNDING = [
  ['half-even', 'to the even neighbour'],
  ['half-up', 'up'],
] as const;
const LEVELS = [
  ['line', 'line'],
  ['unit', 'unit'],
] as const;
const INCLUDED = [
  ['yes', 'contained in prices'],
  ['no', 'on top of prices'],
] as const;

/** How carts are taxed, shipped and rounded. */
export const PolicyFields = () => (
  <>
    <TextField name="name" label="Name" isRequired help="Every order says by which policy it was priced." />
    <div className="pair even-pair">
      <ChoiceField name="rounding" label="Rounding of halves" choices={ROUNDING} />
      <ChoiceField name="level" label="Tax is rounded by" choices={LEVELS} />
    </div>
    <FlagField name="taxShipping" label="Shipping is taxed, at the standard rates" />
    <Rows
      name="taxZones"
      label="Tax zones"
      one="zone"
      empty={NO_ZONE}
      isOrdered
      help="The first that matches the destination counts; a country without one is untaxed."
    >
      {(name) => <ZoneFields name={name} />}
    </Rows>
    <Rows
      name="shippingMethods"
      label="Shipping methods"
      one="method"
      empty={NO_METHOD}
      isOrdered
      help="The first on offer is taken where the buyer chooses none."
    >
      {(name) => <MethodFields name={name} />}
    </Rows>
  </>
);

const ZoneFields = ({ name }: { readonly name: string }) => (
  <>
    <div className="pair even-pair">
      <TextField name={`${name}.countries`} label="Countries" isMono isRequired help="Such as DE, AT." />
      <TextField name={`${name}.name`} label="Name on orders" help="Its countries where it has none." />
    </div>
    <LinesField
      name={`${name}.regions`}
      label="Regions"
      rows={1}
      help="Codes or names of ISO 3166-2, one a line; * takes every other. The whole country where there are none."
    />
    <Rows name={`${name}.rates`} label="Tax rates" one="rate" empty={NO_TAX_RATE}>
      {(rate) => (
        <div className="pair even-pair">
          <TextField name={`${rate}.name`} label="Name" isRequired />
          <TextField name={`${rate}.rate`} label="Percent" keys="decimal" isRequired />
          <ChoiceField name={`${rate}.included`} label="It is" choices={INCLUDED} />
          <TextField name={`${rate}.taxClass`} label="Tax class" help="Standard where it is left empty." />
        </div>
      )}
    </Rows>
  </>
);

const MethodFields = ({ name }: { readonly name: string }) => (
  <>
    <div className="pair even-pair">
      <TextField name={`${name}.name`} label="Name" isRequired />
      <TextField name={`${name}.id`} label="Id" isMono isRequired help="Orders and clients know it by this." />
    </div>
    <Rows
      name={`${name}.rates`}
      label="Prices of shipping"
      one="price"
      empty={NO_SHIPPING_RATE}
      isOrdered
      help="The first whose conditions hold counts; where none does the method is not on offer."
    >
      {(rate) => (
        <div className="pair even-pair">
          <AmountField name={`${rate}.price`} label="Price" currencyName={`${rate}.currency`} />
          <CurrencyField name={`${rate}.currency`} />
          <AmountField name={`${rate}.subtotalFrom`} label="Subtotal from" currencyName={`${rate}.currency`} />
          <TextField name={`${rate}.countries`} label="Countries" isMono help="Every country where it is left empty." />
        </div>
      )}
    </Rows>
  </>
);
