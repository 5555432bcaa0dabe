import { MoneyField, Rows } from '../form/index.js';
import { NO_MONEY } from './promotion-draft.js';

interface MoneyRowsProps {
  readonly name: string;
  readonly label: string;
  readonly help: string;
}

/** Amounts of money, one a currency. */
export const MoneyRows = ({ name, label, help }: MoneyRowsProps) => (
  <Rows name={name} label={label} one="amount" empty={NO_MONEY} help={help}>
    {(row) => <MoneyField name={row} label="Amount" />}
  </Rows>
);
