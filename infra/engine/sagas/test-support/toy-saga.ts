import type { DomainEvent } from '../../../../domain/shared/index.js';
import { anySaga, type SagaCommand } from '../saga.js';

/** Reserves one unit for every `toy.asked.v1` of an id, says when it has been told twice, and ends after a minute. */
export interface ToyState {
  readonly asked: number;
  readonly answered: number;
  readonly ended: boolean;
}

interface ToyCommand {
  readonly target: 'inventory';
  readonly id: string;
  readonly command: {
    readonly type: 'release-stock';
    readonly sku: string;
    readonly orderId: string;
    readonly reason: string;
  };
}

export const toyCommand = (id: string, n: number): SagaCommand<ToyCommand> => ({
  key: `ask:${n}`,
  target: 'inventory',
  id,
  command: { type: 'release-stock', sku: id, orderId: `toy-${n}`, reason: 'toy' },
});

type ToyAsked = DomainEvent<'toy.asked.v1', { readonly id: string; readonly bug?: boolean }>;
/** Somebody does not want to wait for the next try. */
type ToyHurried = DomainEvent<'toy.hurried.v1', { readonly id: string }>;

export const toySaga = anySaga<ToyState, ToyAsked | ToyHurried>({
  name: 'toy',
  initialState: () => ({ asked: 0, answered: 0, ended: false }),
  on: {
    'toy.asked.v1': {
      id: ({ id }) => id,
      begins: () => true,
      react: (state, { data: { id, bug = false } }, now) => {
        if (bug) throw new Error('a bug');
        const asked = state.asked + 1;
        const due = new Date(Date.parse(now) + 60_000).toISOString();
        return { state: { ...state, asked }, commands: [toyCommand(id, asked)], timers: [{ key: 'end', due }] };
      },
    },
    'toy.hurried.v1': { id: ({ id }) => id, resends: true, react: (state) => ({ state: { ...state } }) },
  },
  onReply: (state) => ({ state: { ...state, answered: state.answered + 1 } }),
  onTimeout: (state) => ({ state: { ...state, ended: true }, done: true }),
});
