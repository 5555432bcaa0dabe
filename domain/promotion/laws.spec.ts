import fc from 'fast-check';
import { parsePromotion, promotionDecider, promotionRegisterDecider, registerCommandOf } from './index.js';
import type { PromotionCommand, PromotionRegisterCommand, PromotionRegisterState, PromotionState } from './index.js';
import { promotionId, tenth } from './test-support/promotions.js';

const time = fc.integer({ min: 1, max: 28 }).map((day) => `2026-07-${String(day).padStart(2, '0')}T00:00:00.000Z`);
const window = fc.record({ from: fc.option(time), to: fc.option(time), priority: fc.integer({ min: 0, max: 3 }) });

type Undated = PromotionCommand extends infer One ? (One extends { at: string } ? Omit<One, 'at'> : One) : never;
const anyCommand: fc.Arbitrary<Undated> = fc.oneof(
  window.map((changes) => ({ type: 'change-promotion' as const, changes })),
  fc.constantFrom<Undated>(
    { type: 'activate-promotion' },
    { type: 'pause-promotion' },
    { type: 'end-promotion' },
    { type: 'follow-window' },
  ),
);
/** Commands, each at its time. */
const commands = fc
  .tuple(fc.array(anyCommand, { maxLength: 25, size: 'max' }), fc.array(time, { minLength: 25, maxLength: 25 }))
  .map(([list, times]) => {
    const inOrder = times.toSorted();
    return list.map((command, index) => ({ ...command, at: inOrder[index] ?? '' }) as PromotionCommand);
  });

function after(state: PromotionState, command: PromotionCommand): PromotionState {
  const decision = promotionDecider.decide(command, state);
  return decision.accepted ? decision.events.reduce(promotionDecider.evolve, state) : state;
}

const created = (): PromotionState =>
  after(promotionDecider.initialState(), { type: 'create-promotion', promotionId, promotion: tenth });

/** Every state that the commands lead to. */
function statesOf(list: readonly PromotionCommand[]): readonly PromotionState[] {
  let state = created();
  return [state, ...list.map((command) => (state = after(state, command)))];
}

function told(state: PromotionRegisterState, command: PromotionRegisterCommand): PromotionRegisterState {
  const decision = promotionRegisterDecider.decide(command, state);
  return decision.accepted ? decision.events.reduce(promotionRegisterDecider.evolve, state) : state;
}

describe('laws of promotions', () => {
  it('once its window was followed, it is in force exactly within it while it is active, and has ended after it', () => {
    fc.assert(
      fc.property(commands, time, (list, at) => {
        const before = statesOf(list).at(-1) ?? created();
        const state = after(before, { type: 'follow-window', at });
        if (before.status === 'none' || state.status === 'none') throw new Error('it was created');
        const { from = '', to = '9' } = before.details;
        if (before.status === 'draft' || before.status === 'ended') expect(state).toEqual(before);
        else if (at >= to) expect(state.status).toBe('ended');
        else if (before.status === 'paused') expect(state).toEqual(before);
        else if (before.status === 'active')
          expect(state).toMatchObject({ status: 'active', inForce: before.inForce || at >= from });
        else throw new Error('there is no other status');
        expect(after(state, { type: 'follow-window', at })).toEqual(state);
      }),
    );
  });

  it('what the register has in the end does not depend on what comes late or twice', () => {
    fc.assert(
      fc.property(
        commands,
        fc.array(fc.nat(25), { maxLength: 20 }),
        fc.array(fc.nat(25), { maxLength: 20 }),
        (list, early, late) => {
          const all = statesOf(list).flatMap((state) => (state.status === 'none' ? [] : [registerCommandOf(state)]));
          const last = all.at(-1);
          if (last === undefined) throw new Error('it was created');
          const before = early
            .flatMap((index) => all[index] ?? [])
            .reduce(told, promotionRegisterDecider.initialState());
          const wasIn = before.inForce.has(promotionId);
          const state = told(before, last);
          const { inForce } = state;
          const { type: _type, promotionId: _id, ...promotion } = last;
          const expected = last.type === 'enter-promotion' ? promotion : undefined;
          expect(inForce.get(promotionId)).toEqual(expected);
          // Of one that it never had the register remembers nothing.
          if (wasIn || expected !== undefined) late.flatMap((index) => all[index] ?? []).reduce(told, state);
          expect(inForce.get(promotionId)).toEqual(expected);
        },
      ),
    );
  });
});

describe('laws of reading promotions', () => {
  it('any JSON is read, or refused with what is wrong and where', () => {
    fc.assert(
      fc.property(
        fc.oneof(fc.jsonValue(), fc.dictionary(fc.constantFrom(...Object.keys(tenth), 'to'), fc.jsonValue())),
        (json) => {
          const reading = parsePromotion(json);
          if (reading.valid) return;
          expect(reading.problems.length).toBeGreaterThan(0);
          for (const { path, message } of reading.problems)
            expect([typeof path, message]).toEqual(['string', expect.any(String)]);
        },
      ),
    );
  });
});
