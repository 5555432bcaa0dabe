import { useState } from 'preact/hooks';
import type { Schema } from '../../../shared/api/index.js';
import { minorUnits, moneyText } from '../../../shared/format/index.js';
import { AmountInput } from '../../../shared/ui/index.js';
import { ActionDialog, type Guard, type Target } from '../action/action-dialog.js';
import { api } from '../engine.js';

/** A card that is not there yet has no revision that could be another by then. */
const target: Target = {
  version: 0,
  queryKey: ['list'],
  changesSince: async () => ({ titles: [], version: 0 }),
};

/** The engine says which there are. */
type Currency = Schema<'IssueGiftCardBody'>['amount']['currency'];

const upper = (text: string): string => text.toUpperCase();

const NO_CARD = { currency: 'USD', amount: '', note: '' };

/** Issues a gift card; its code is shown once, as it is kept nowhere. */
export function IssueAction() {
  const [typed, setTyped] = useState(NO_CARD);
  const [code, setCode] = useState<string | null>(null);
  const { currency, note } = typed;
  const amount = /^[A-Z]{3}$/.test(currency) ? minorUnits(typed.amount, currency) : null;
  const change = (part: Partial<typeof NO_CARD>) => setTyped({ ...typed, ...part });
  const act = async ({ 'Idempotency-Key': key }: Guard) => {
    if (amount === null) throw new Error(`“${typed.amount}” is no amount of ${currency} above zero.`);
    const body = {
      amount: { amount, currency: currency as Currency },
      ...(note.trim() !== '' && { note: note.trim() }),
    };
    const params = { header: { 'Idempotency-Key': key } };
    const { data } = await api.POST('/v1/gift-cards', { params, body });
    setTyped(NO_CARD);
    setCode(data?.code ?? null);
  };
  return (
    <div className="stack tight">
      <div className="actions">
        <ActionDialog target={target} label="Issue a card" title="Issue a gift card" confirm="Issue it" act={act}>
          <p>
            Whoever has its code pays with it up to{' '}
            <strong>{amount === null ? '…' : moneyText({ amount, currency })}</strong>, in {currency || '…'} alone; the
            shop owes that much from then on. The code is shown once.
          </p>
          <TextField
            label="Currency"
            value={currency}
            max={3}
            isRequired
            onChange={(text) => change({ currency: upper(text) })}
          />
          <AmountInput
            label="Amount"
            currency={currency}
            text={typed.amount}
            isValid={amount !== null}
            onChange={(text) => change({ amount: text })}
          />
          <TextField label="Note for staff" value={note} max={500} onChange={(text) => change({ note: text })} />
        </ActionDialog>
      </div>
      <ShownOnce code={code} />
    </div>
  );
}

const ShownOnce = ({ code }: { readonly code: string | null }) => (
  <p role="status">
    {code === null ? null : (
      <span className="card facts">
        The code is <strong className="mono">{code}</strong>. Write it down: it is shown this once.
      </span>
    )}
  </p>
);

interface TextFieldProps {
  readonly label: string;
  readonly value: string;
  readonly max: number;
  readonly isRequired?: boolean;
  readonly onChange: (text: string) => void;
}

const TextField = ({ label, value, max, isRequired = false, onChange }: TextFieldProps) => (
  <label className="stack tight">
    <span>{label}</span>
    <input
      className="input"
      required={isRequired}
      maxLength={max}
      autoComplete="off"
      value={value}
      onInput={(event) => onChange(event.currentTarget.value)}
    />
  </label>
);
