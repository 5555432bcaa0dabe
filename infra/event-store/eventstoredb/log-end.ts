import { OtherLogError } from '../errors.js';
import type { LogTail } from './log-tail.js';
import type { PageReader } from './page-reader.js';
import { BEGINNING } from './positions.js';
import type { SameLog } from './same-log.js';

const FIRST_PAGE = 8;
const PAGE = 512;

/**
 * Looks up the end of the log, which is our newest event. Callers share look-ups: those that come during one wait for the next, as the
 * answer of the present one may be older than their call.
 */
export class LogEnd {
  /** Everything up to here was looked at: of ours, nothing is newer than what the tail knows. */
  #lookedAtUpTo = BEGINNING;
  #asking: Promise<string> | null = null;
  #next: Promise<string> | null = null;

  constructor(
    private readonly reader: PageReader,
    private readonly tail: LogTail,
    private readonly log: { readonly id: string; readonly sameLog: SameLog },
  ) {}

  /** `BEGINNING` where there is nothing of ours. @throws OtherLogError the log ends before what is known of it */
  find(): Promise<string> {
    if (this.#asking === null) return this.#ask();
    return (this.#next ??= this.#asking.then(
      () => this.#askNext(),
      (error: unknown) => {
        this.#next = null;
        throw error;
      },
    ));
  }

  #askNext(): Promise<string> {
    this.#next = null;
    return this.#ask();
  }

  #ask(): Promise<string> {
    const asking = this.#look().finally(() => {
      if (this.#asking === asking) this.#asking = null;
    });
    return (this.#asking = asking);
  }

  #older(): OtherLogError {
    const { id, sameLog } = this.log;
    sameLog.doubt();
    return new OtherLogError(id, id);
  }

  /** Looks back from the end over what is none of ours, at most to where everything was looked at already. */
  async #look(): Promise<string> {
    const { reader, tail } = this;
    const known = tail.newest > this.#lookedAtUpTo ? tail.newest : this.#lookedAtUpTo;
    let end: string | null = null;
    for (let from = 'end', count = FIRST_PAGE; ; count = PAGE) {
      const page = await reader.log({ from, direction: 'backwards', count });
      end ??= page.first ?? BEGINNING;
      if (end < known) throw this.#older();
      const [first] = page.events;
      if (first !== undefined) tail.note(first.event.position);
      else if (!page.isLast && page.next > known) {
        from = page.next;
        continue;
      }
      if (end > this.#lookedAtUpTo) this.#lookedAtUpTo = end;
      return tail.newest;
    }
  }
}
