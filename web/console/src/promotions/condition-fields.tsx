import { useWatch } from 'react-hook-form';
import { ChoiceField, TextField } from '../form/index.js';
import { MoneyRows } from './money-rows.js';
import { SelectorFields } from './selector-fields.js';

const KINDS = [
  ['subtotal', 'the lines come to so much'],
  ['quantity', 'there are so many units'],
  ['first-order', 'it is the first order of an account'],
] as const;

/** What has to hold for a cart. */
export function ConditionFields({ name }: { readonly name: string }) {
  const type: unknown = useWatch({ name: `${name}.type` });
  return (
    <>
      <ChoiceField name={`${name}.type`} label="It holds where" choices={KINDS} />
      {type === 'subtotal' ? (
        <MoneyRows name={`${name}.atLeast`} label="At least" help="Before discounts; one amount a currency." />
      ) : null}
      {type === 'quantity' ? (
        <>
          <TextField
            name={`${name}.units`}
            label="Units at least"
            place={`${name}.atLeast`}
            keys="numeric"
            isRequired
          />
          <SelectorFields name={`${name}.of`} label="Of which lines" />
        </>
      ) : null}
    </>
  );
}
