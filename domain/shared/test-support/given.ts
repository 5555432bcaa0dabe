import type { Decider, DomainEvent, Refusal } from '../decider.js';
import type { JsonObject } from '../json.js';

/**
 * Decider specs as given / when / then:
 *
 *     given(cartDecider).events(opened, added).when({ type: 'abandon-cart' }).then(abandoned);
 *     given(cartDecider).when({ type: 'abandon-cart' }).refused('CART.NOT_FOUND');
 *
 * On the way it checks what every decider promises: `evolve` never changes an event, `decide` never changes the state.
 */
export const given = <State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
): History<State, Command, Event> => new History(decider, []);

class History<State, Command, Event extends DomainEvent> {
  constructor(
    private readonly decider: Decider<State, Command, Event>,
    private readonly past: readonly Event[],
  ) {}

  /** What has happened, oldest first; may be called again to add to it. */
  events(...events: readonly Event[]): History<State, Command, Event> {
    return new History(this.decider, [...this.past, ...events]);
  }

  when(command: Command): Verdict<State, Command, Event> {
    return new Verdict(this.decider, this.past, command);
  }

  /** The folded state, for rules about what is shown. */
  state(): State {
    return fold(this.decider, this.past);
  }
}

class Verdict<State, Command, Event extends DomainEvent> {
  constructor(
    private readonly decider: Decider<State, Command, Event>,
    private readonly past: readonly Event[],
    private readonly command: Command,
  ) {}

  /** Accepted with exactly these events; none: it was satisfied already. */
  then(...expected: readonly Event[]): void {
    expect(this.accepted()).toEqual(expected);
  }

  /** As `then`, and the same command once more adds nothing. */
  thenOnce(...expected: readonly Event[]): void {
    this.then(...expected);
    expect(new Verdict(this.decider, [...this.past, ...expected], this.command).accepted()).toEqual([]);
  }

  /** Refused with this code and, where given, these members beside it. */
  refused(code: string, extra?: JsonObject): Refusal {
    const decision = this.decide();
    if (decision.accepted) throw new Error(`expected a refusal ${code}, got ${JSON.stringify(decision.events)}`);
    expect(decision.refusal.code).toBe(code);
    expect(decision.refusal.detail).not.toBe('');
    if (extra !== undefined) expect(decision.refusal.extra).toEqual(extra);
    return decision.refusal;
  }

  /** The events of an accepted command, for rules that `then` cannot say. */
  accepted(): readonly Event[] {
    const decision = this.decide();
    if (!decision.accepted) throw new Error(`expected events, refused: ${JSON.stringify(decision.refusal)}`);
    return decision.events;
  }

  private decide() {
    const state = fold(this.decider, this.past);
    const decision = this.decider.decide(this.command, state);
    expect(state).toEqual(fold(this.decider, this.past));
    return decision;
  }
}

/** Folds deeply frozen copies, so that an `evolve` which changes an event, or keeps and changes a part of it, throws. */
export const fold = <State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  events: readonly Event[],
): State => events.reduce((state, event) => decider.evolve(state, frozen(event)), decider.initialState());

const frozen = <T>(value: T): T => freeze(structuredClone(value));

function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || Object.isFrozen(value)) return value;
  Object.values(value).forEach(freeze);
  return Object.freeze(value);
}
