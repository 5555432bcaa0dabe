import { accept, refuse } from '../decider.js';
import type { Decider, DomainEvent } from '../decider.js';
import { given } from './index.js';

type Ticked = DomainEvent<'clock.ticked.v1', { readonly by: number; readonly marks: readonly number[] }>;
interface Clock {
  total: number;
  marks: number[];
}
type ClockCommand = { readonly type: 'tick' | 'stop' | 'cheat' };

const ticked = (by: number): Ticked => ({ type: 'clock.ticked.v1', data: { by, marks: [by] } });

const clock = (evolve: (state: Clock, event: Ticked) => Clock): Decider<Clock, ClockCommand, Ticked> => ({
  initialState: () => ({ total: 0, marks: [] }),
  decide: (command, state) => {
    if (command.type === 'cheat') state.total += 1;
    if (command.type === 'stop') return refuse('CLOCK.RUNS', 'A clock cannot be stopped.', { total: state.total });
    return state.total < 3 ? accept(ticked(3)) : accept();
  },
  evolve,
});
const honest = clock((state, event) => {
  state.total += event.data.by;
  return state;
});

describe('given / when / then', () => {
  it('passes when the decider does what the spec says', () => {
    given(honest).when({ type: 'tick' }).thenOnce(ticked(3));
    given(honest).events(ticked(1)).events(ticked(2)).when({ type: 'tick' }).then();
    given(honest).events(ticked(1)).when({ type: 'stop' }).refused('CLOCK.RUNS', { total: 1 });
    expect(given(honest).events(ticked(1), ticked(1)).state().total).toBe(2);
  });

  it('fails when other events come out', () => {
    expect(() => given(honest).when({ type: 'tick' }).then(ticked(2))).toThrow();
    expect(() => given(honest).when({ type: 'tick' }).then()).toThrow();
  });

  it('fails when the refusal is another one, or none', () => {
    expect(() => given(honest).when({ type: 'stop' }).refused('CLOCK.STANDS')).toThrow();
    expect(() => given(honest).when({ type: 'stop' }).refused('CLOCK.RUNS', { total: 9 })).toThrow();
    expect(() => given(honest).when({ type: 'tick' }).refused('CLOCK.RUNS')).toThrow('expected a refusal');
    expect(() => given(honest).when({ type: 'stop' }).then()).toThrow('expected events');
  });

  it('fails when repeating a command that should be satisfied adds something', () => {
    expect(() => given(honest).events(ticked(-9)).when({ type: 'tick' }).thenOnce(ticked(3))).toThrow();
  });

  it('fails when deciding changes the state', () => {
    expect(() => given(honest).when({ type: 'cheat' }).accepted()).toThrow();
  });

  it('fails when folding changes an event that it was given', () => {
    const keeper = clock((state, event) => {
      const marks = event.data.marks as number[];
      marks.push(0);
      return { ...state, marks };
    });
    expect(() => given(keeper).events(ticked(1)).state()).toThrow('not extensible');
  });
});
