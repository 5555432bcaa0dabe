import type { ExpectedEvent } from './events-to-append.js';
import type { UnitOfWork } from './unit-of-work.js';

/** Decides what follows from an event before it is recorded, so that one append records both. */
export interface FollowUps {
  /** Whether anything may follow from an event of this type. */
  follows(type: string): boolean;
  /** Decides it within the unit; false, and any error, says that nothing follows at once: the event is then recorded alone. */
  decide(event: ExpectedEvent, unit: UnitOfWork): Promise<boolean>;
}

/** Begins units of work outside of a command. */
export interface UnitsOfWork {
  /** Null where the store appends to one stream at a time. */
  beginUnit(): UnitOfWork | null;
}

/** Passes on to the follow-ups that are switched on at the moment. */
export class SwitchedFollowUps implements FollowUps {
  /** Null while nobody decides any. */
  current: FollowUps | null = null;

  follows(type: string): boolean {
    return this.current?.follows(type) === true;
  }

  async decide(event: ExpectedEvent, unit: UnitOfWork): Promise<boolean> {
    return this.current !== null && this.current.decide(event, unit);
  }
}
