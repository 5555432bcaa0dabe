import type { Schema } from '../../../shared/api/index.js';

type Saga = Schema<'SagaDetail'>;
type Name = Saga['name'];

/** What a retry does, by process. */
export const RETRIED: Readonly<Partial<Record<Name, string>>> = {
  checkout: 'The payment provider is asked again at once whether it holds the buyer’s money.',
  fulfilment:
    'The payment provider is asked again for the buyer’s money that it refused. Where it takes it, the order goes on by itself.',
  refund: 'The payment provider is asked again to give the money back to the buyer.',
};

/** What the failing end of each process is, and for whom. */
export const COMPENSATED: Readonly<Partial<Record<Name, string>>> = {
  checkout:
    'The order is rejected: its stock is let go, money that is held is given back to the buyer, and their cart is open again.',
  fulfilment:
    'Money that the provider refuses is given up: it is let go, and the buyer keeps what has shipped. Where nothing was refused yet, what is ' +
    'open is cancelled, and what has shipped is charged.',
  refund: 'The refund is given up: the buyer gets nothing back by it, and the amount may be refunded anew.',
};

/** What a process did since it had so many steps, a line a step. */
export const stepsSince = ({ steps, state }: Pick<Saga, 'steps' | 'state'>, version: number): readonly string[] => [
  ...steps.slice(version).map(({ inputs, commands }) => {
    const came = inputs.map(({ name, outcome }) => (outcome === undefined ? name : `${name} ${outcome}`)).join(', ');
    const sent = commands.map(({ type }) => type).join(', ');
    return sent === '' ? came : `${came}: ${sent}`;
  }),
  `It is ${state} now.`,
];
