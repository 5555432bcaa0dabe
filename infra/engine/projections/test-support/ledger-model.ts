import type { DomainEvent } from '../../../../domain/shared/index.js';
import { readModel } from '../read-model.js';
import type { ScriptedEvent } from './scripted-log.js';

type Moved = DomainEvent<'ledger.moved.v1', { readonly accounts: readonly string[]; readonly amount: number }>;
type Closed = DomainEvent<'ledger.closed.v1', { readonly account: string }>;
type Broken = DomainEvent<'ledger.broken.v1', { readonly account: string | null }>;

export interface Account {
  balance: number;
  entries: number[];
}

/** What a broken event does, so that a test can repair the code behind it. */
export interface LedgerFaults {
  isRepaired: boolean;
}

/** Sums and order show every event that is left out, doubled or out of place. */
export const ledgerModel = (faults: LedgerFaults = { isRepaired: false }, name = 'ledger', version = 1) =>
  readModel<Account, Moved | Closed | Broken>({
    name,
    version,
    indexes: [{ name: 'by-balance', fields: ['balance'] }],
    on: {
      'ledger.moved.v1': {
        key: ({ data }) => data.accounts,
        evolve: (doc, { data }) => {
          const account = doc ?? { balance: 0, entries: [] };
          account.balance += data.amount;
          account.entries.push(data.amount);
          return account;
        },
      },
      'ledger.closed.v1': { key: ({ data }) => data.account, evolve: () => null },
      'ledger.broken.v1': {
        key: ({ data }) => {
          if (data.account !== null) return data.account;
          if (!faults.isRepaired) throw new Error('no account');
          return 'found';
        },
        evolve: (doc) => {
          const account = doc ?? { balance: 0, entries: [] };
          account.entries.push(1_000_000);
          if (!faults.isRepaired) throw new Error('broken');
          return account;
        },
      },
    },
  });

interface Total {
  readonly sum: number;
  /** What it was told, in order. */
  readonly told: readonly string[];
}

const told =
  (what: string, sum = 1) =>
  (doc: Total | null): Total => ({ sum: (doc?.sum ?? 0) + sum, told: [...(doc?.told ?? []), what] });

/** A ledger whose accounts pass on what they alone know: to their owners, and these to a total; an owner that ends hands over to the account. */
export const passingLedgerModel = (faults: LedgerFaults = { isRepaired: true }) =>
  readModel<Total, Moved | Closed>({
    name: 'ledger',
    version: 1,
    indexes: [],
    on: {
      'ledger.moved.v1': {
        key: ({ data }) => data.accounts,
        // Every other amount leaves the account as it is, and is passed on all the same.
        evolve: (doc, { data: { amount } }) => {
          if (amount === 3 && !faults.isRepaired) throw new Error('broken');
          return amount % 2 === 0 ? doc : told(String(amount))(doc);
        },
        passesOn: (doc, { data: { amount } }, id) => [
          { id: `owner-${id}`, evolve: told(`${doc?.sum ?? 'new'}`) },
          { id: `total-${amount % 3}`, evolve: told(id, amount) },
        ],
      },
      'ledger.closed.v1': {
        key: ({ data }) => `owner-${data.account}`,
        evolve: () => null,
        passesOn: (doc, { data: { account } }) =>
          doc === null
            ? []
            : [
                { id: 'total-0', evolve: told('closed', doc.sum) },
                { id: account, evolve: told(`handed over ${doc.sum}`) },
              ],
      },
    },
  });

export const moved = (amount: number, ...accounts: string[]): ScriptedEvent => ({
  stream: `ledger-${accounts[0] ?? 'none'}`,
  type: 'ledger.moved.v1',
  data: { accounts, amount },
});
export const closed = (account: string): ScriptedEvent => ({
  stream: `ledger-${account}`,
  type: 'ledger.closed.v1',
  data: { account },
});
export const broken = (account: string | null, stream = 'ledger-x'): ScriptedEvent => ({
  stream,
  type: 'ledger.broken.v1',
  data: { account },
});
export const unrelated: ScriptedEvent = { stream: 'other-1', type: 'other.happened.v1', data: {} };
