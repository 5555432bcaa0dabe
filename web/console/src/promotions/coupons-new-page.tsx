import { useWatch } from 'react-hook-form';
import { useLocation, useParams } from 'wouter';
import type { Schema } from '../../../shared/api/index.js';
import { api } from '../engine.js';
import { ChoiceField, EditForm, LinesField, TextField, type Saving } from '../form/index.js';
import { NO_COUPONS, readCoupons } from './coupon-draft.js';

const NOTHING = { draft: NO_COUPONS, version: null };

const HOW = [
  ['generated', 'codes that nobody can guess'],
  ['given', 'codes of your own'],
] as const;

/** Issues codes of a promotion. */
export default function CouponsNewPage() {
  const { id = '' } = useParams<{ id: string }>();
  const [, go] = useLocation();
  const back = `/promotions/${id}`;
  const issue = async ({ body, header }: Saving<Schema<'NewCoupons'>>) => {
    await api.POST('/v1/promotions/{id}/coupons', { params: { path: { id }, header }, body });
  };
  return (
    <EditForm
      name={`coupons of ${id}`}
      title="Issue coupons"
      edited={NOTHING}
      read={readCoupons}
      save={issue}
      labels={{}}
      confirm="Issue them"
      consequence="All of them can be used as soon as the promotion is active, or none is issued. What is issued can be withdrawn, code by code."
      back={back}
      onSaved={() => go(back)}
    >
      <CouponFields />
    </EditForm>
  );
}

function CouponFields() {
  const how: unknown = useWatch({ name: 'how' });
  return (
    <>
      <ChoiceField name="how" label="Which codes" choices={HOW} />
      {how === 'given' ? (
        <LinesField
          name="codes"
          label="Codes"
          rows={5}
          help="At most 5,000, between commas, blanks or lines. Each is 4 to 64 letters, digits and hyphens, in any case."
        />
      ) : (
        <>
          <TextField name="count" label="How many" keys="numeric" isRequired help="At most 100,000." />
          <div className="pair even-pair">
            <TextField name="prefix" label="They begin with" isMono max={60} help="Such as SUMMER-, or nothing." />
            <TextField name="length" label="Random characters" keys="numeric" help="12 where it is left empty." />
          </div>
        </>
      )}
      <div className="pair even-pair">
        <TextField name="uses" label="Orders a code is good for" keys="numeric" />
        <TextField
          name="usesPerCustomer"
          label="Of them, by one customer"
          keys="numeric"
          help="As many as it is good for where it is left empty."
        />
      </div>
    </>
  );
}
