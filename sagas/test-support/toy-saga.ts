import type { RecordedEvent } from '../../infra/event-store/index.js';
import type { Saga, SagaCommand } from '../saga.js';

/** Reserves one unit for every `toy.asked.v1` of an id, says when it has been told twice, and ends after a minute. */
export interface ToyState {
  readonly asked: number;
  readonly answered: number;
  readonly ended: boolean;
}

export const toyCommand = (id: string, n: number): SagaCommand => ({
  key: `ask:${n}`,
  target: 'inventory',
  id,
  command: { type: 'release-stock', sku: id, orderId: `toy-${n}`, reason: 'toy' },
});

const idOf = ({ data }: RecordedEvent): string => String(data['id']);

export const toySaga: Saga<ToyState> = {
  name: 'toy',
  events: ['toy.asked.v1'],
  route: idOf,
  starts: () => true,
  initialState: () => ({ asked: 0, answered: 0, ended: false }),
  react: (state, input, now) => {
    if (input.kind === 'reply') return { state: { ...state, answered: state.answered + 1 } };
    if (input.kind === 'timeout') return { state: { ...state, ended: true }, done: true };
    if (input.event.data['bug'] === true) throw new Error('a bug');
    const asked = state.asked + 1;
    const due = new Date(Date.parse(now) + 60_000).toISOString();
    return {
      state: { ...state, asked },
      commands: [toyCommand(idOf(input.event), asked)],
      timers: [{ key: 'end', due }],
    };
  },
};
