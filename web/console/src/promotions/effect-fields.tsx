import { useWatch } from 'react-hook-form';
import { ChoiceField, Group, TextField } from '../form/index.js';
import { MoneyRows } from './money-rows.js';
import { SelectorFields } from './selector-fields.js';

const KINDS = [
  ['percent-off', 'a percentage off'],
  ['amount-off', 'an amount off'],
  ['buy-get', 'units at less, for others that are bought'],
  ['fixed-price', 'a unit for a fixed price'],
  ['free-shipping', 'free shipping'],
] as const;
const TARGETS = [
  ['order', 'the whole order'],
  ['shipping', 'shipping'],
  ['lines', 'some lines'],
] as const;
const BY_CURRENCY = 'One amount a currency; in others nothing is given.';

/** What a promotion takes off. */
export function EffectFields({ name }: { readonly name: string }) {
  const type = String(useWatch({ name: `${name}.type` }));
  const Fields = FIELDS[type];
  return (
    <>
      <ChoiceField name={`${name}.type`} label="It gives" choices={KINDS} />
      {Fields === undefined ? null : <Fields name={name} />}
    </>
  );
}

interface OfEffect {
  readonly name: string;
}

const FIELDS: Readonly<Record<string, (effect: OfEffect) => preact.JSX.Element>> = {
  'percent-off': ({ name }) => (
    <>
      <TextField name={`${name}.percent`} label="Percent" keys="decimal" isRequired help="Such as 12.5." />
      <TargetFields name={`${name}.of`} />
      <MoneyRows name={`${name}.atMost`} label="At most" help="The most that it takes off; one amount a currency." />
    </>
  ),
  'amount-off': ({ name }) => (
    <>
      <MoneyRows name={`${name}.amounts`} label="How much" help={BY_CURRENCY} />
      <TargetFields name={`${name}.of`} />
    </>
  ),
  'fixed-price': ({ name }) => (
    <>
      <MoneyRows name={`${name}.amounts`} label="Price of a unit" help={BY_CURRENCY} />
      <SelectorFields name={`${name}.of`} label="Of which lines" />
    </>
  ),
  'buy-get': ({ name }) => (
    <>
      <Group name={`${name}.buy`} label="What is bought">
        <TextField name={`${name}.buy.quantity`} label="Units to buy" keys="numeric" isRequired />
        <SelectorFields name={`${name}.buy.of`} label="Of which lines" />
      </Group>
      <Group name={`${name}.get`} label="What is given for it">
        <div className="pair even-pair">
          <TextField
            name={`${name}.get.quantity`}
            label="Units at less"
            keys="numeric"
            isRequired
            help="The cheapest of them."
          />
          <TextField
            name={`${name}.get.percent`}
            label="Percent off them"
            keys="decimal"
            isRequired
            help="100 is for nothing."
          />
        </div>
        <SelectorFields name={`${name}.get.of`} label="Of which lines they are" />
      </Group>
      <TextField
        name={`${name}.timesAtMost`}
        label="Times at most, in an order"
        keys="numeric"
        help="As often as it goes where it is left empty."
      />
    </>
  ),
  'free-shipping': ({ name }) => (
    <TextField
      name={`${name}.methods`}
      label="Shipping methods"
      isMono
      help="Ids, such as standard; every method where it is left empty."
    />
  ),
};

function TargetFields({ name }: OfEffect) {
  const what: unknown = useWatch({ name: `${name}.what` });
  return (
    <>
      <ChoiceField name={`${name}.what`} label="Off" place={name} choices={TARGETS} />
      {what === 'lines' ? <SelectorFields name={name} label="Of which lines" /> : null}
    </>
  );
}
