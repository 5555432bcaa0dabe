import type { Decider, DomainEvent } from '../../../domain/shared/index.js';

/** What commands come to, each decided on what the ones before it left; refused ones add nothing. */
export function decideAll<State, Command, Event extends DomainEvent>(
  decider: Decider<State, Command, Event>,
  commands: readonly Command[],
): { readonly state: State; readonly events: readonly Event[] } {
  const events: Event[] = [];
  let state = decider.initialState();
  for (const command of commands) {
    const decision = decider.decide(command, state);
    if (!decision.accepted) continue;
    state = decision.events.reduce(decider.evolve, state);
    events.push(...decision.events);
  }
  return { state, events };
}
