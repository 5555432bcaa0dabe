import { useWatch } from 'react-hook-form';
import { ChoiceField, Group, LinesField, MoneyField, Rows, TextField, TimeField } from '../form/index.js';
import { ConditionFields } from './condition-fields.js';
import { EffectFields } from './effect-fields.js';
import { NO_CONDITION, NO_EFFECT } from './promotion-draft.js';

const TRIGGERS = [
  ['automatic', 'by itself'],
  ['coupon', 'with a coupon'],
] as const;
const COMBINES = [
  ['all', 'all others'],
  ['none', 'no other'],
  ['groups', 'those of some groups'],
] as const;

/** What a promotion gives, when, and to whom. */
export const PromotionFields = ({ zone }: { readonly zone: string }) => (
  <>
    <TextField name="name" label="Name" isRequired max={200} help="Buyers see it beside what it takes off." />
    <LinesField name="description" label="Description" />
    <ChoiceField name="trigger" label="It is given" choices={TRIGGERS} />
    <Rows name="then" label="What it gives" one="effect" empty={NO_EFFECT}>
      {(name) => <EffectFields name={name} />}
    </Rows>
    <Rows
      name="when"
      label="What has to hold"
      one="condition"
      empty={NO_CONDITION}
      help="All of them; without one every cart gets it."
    >
      {(name) => <ConditionFields name={name} />}
    </Rows>
    <Group name="window" label="When">
      <div className="pair even-pair times">
        <TimeField name="from" label="From" zone={zone} />
        <TimeField name="to" label="Until" zone={zone} help="It ends then for good; never where it is left empty." />
      </div>
    </Group>
    <Audience />
    <Limits />
    <Others />
  </>
);

const Audience = () => (
  <Group name="audience" label="For whom" help="Everybody where it is left empty.">
    <div className="pair even-pair">
      <TextField name="channels" label="Channels" isMono help="Codes, such as default." />
      <TextField name="currencies" label="Currencies" isMono help="Such as EUR, USD." />
      <TextField name="countries" label="Countries" isMono help="Of the destination, such as DE, AT." />
      <LinesField name="customerGroups" label="Customer groups" rows={1} help="One a line." />
    </div>
  </Group>
);

const Limits = () => (
  <Group name="limits" label="How often" help="As often as it goes where it is left empty.">
    <div className="pair even-pair">
      <TextField name="limits.uses" label="Orders" keys="numeric" />
      <TextField name="limits.usesPerCustomer" label="Per customer" keys="numeric" />
    </div>
    <MoneyField name="limits.budget" label="Budget" help="What it takes off in all." />
  </Group>
);

function Others() {
  const how: unknown = useWatch({ name: 'combines.how' });
  return (
    <Group name="others" label="Beside other promotions">
      <div className="pair even-pair">
        <ChoiceField
          name="combines.how"
          label="It goes with"
          choices={COMBINES}
          {...(how === 'groups' ? {} : { place: 'combines' })}
        />
        {how === 'groups' ? (
          <LinesField name="combines.groups" label="Groups" place="combines" rows={1} help="One a line." />
        ) : null}
        <TextField name="group" label="Its own group" max={100} help="By which others go with it." />
        <TextField name="priority" label="Priority" keys="numeric" help="The higher, the earlier it takes off." />
      </div>
    </Group>
  );
}
