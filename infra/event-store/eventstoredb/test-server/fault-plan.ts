import { setTimeout as sleep } from 'node:timers/promises';
import { CallHold } from './call-hold.js';
import type { AppendFailure, Hold, HoldOptions, LostReply } from './faults.js';

interface Endpoint {
  readonly host: string;
  readonly port: number;
}

/** The faults that wait for their calls. The handlers ask it at each step; without faults it costs next to nothing. */
export class FaultPlan {
  #lostReplies: LostReply[] = [];
  #failures: AppendFailure[] = [];
  #notLeader = 0;
  #leaderPort: number | undefined;
  #holds: CallHold[] = [];
  #delayMs = 0;
  subscriptionPauseMs = 0;
  dropsSlowSubscriptions = false;

  loseReplies(count: number, as: LostReply = 'unavailable'): void {
    this.#lostReplies.push(...Array<LostReply>(count).fill(as));
  }

  failAppends(count: number, as: AppendFailure = 'unavailable'): void {
    this.#failures.push(...Array<AppendFailure>(count).fill(as));
  }

  answerNotLeader(count: number, leader?: { readonly port: number }): void {
    this.#notLeader += count;
    this.#leaderPort = leader?.port;
  }

  hold(options: HoldOptions): Hold {
    const hold = new CallHold(options);
    this.#holds.push(hold);
    return hold;
  }

  delay(milliseconds: number): void {
    this.#delayMs = milliseconds;
  }

  /** Where the call is sent; undefined where it may go on. */
  takeNotLeader(here: Endpoint): Endpoint | undefined {
    if (this.#notLeader === 0) return undefined;
    this.#notLeader -= 1;
    return { ...here, port: this.#leaderPort ?? here.port };
  }

  takeFailure(): AppendFailure | undefined {
    return this.#failures.shift();
  }

  takeLostReply(): LostReply | undefined {
    return this.#lostReplies.shift();
  }

  /** Waits where a hold or the delay asks for it; undefined where the call may go on at once. */
  pause(what: HoldOptions['what']): Promise<void> | undefined {
    this.#holds = this.#holds.filter((hold) => hold.takesMore || hold.held > 0);
    const hold = this.#holds.find((candidate) => candidate.what === what && candidate.takesMore);
    if (hold !== undefined) return hold.wait();
    return this.#delayMs > 0 && what !== 'append-before-commit' ? sleep(this.#delayMs) : undefined;
  }

  clear(): void {
    for (const hold of this.#holds) hold.release();
    this.#holds = [];
    this.#lostReplies = [];
    this.#failures = [];
    this.#notLeader = 0;
    this.#delayMs = 0;
    this.subscriptionPauseMs = 0;
    this.dropsSlowSubscriptions = false;
  }
}
