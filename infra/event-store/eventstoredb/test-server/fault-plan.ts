import { setTimeout as sleep } from 'node:timers/promises';
import { CallHold } from './call-hold.js';
import type { AppendFailure, Hold, HoldOptions, LostReply } from './faults.js';

/** The faults that wait for their calls. The handlers ask it at each step; without faults it costs next to nothing. */
export class FaultPlan {
  #lostReplies: LostReply[] = [];
  #failures: AppendFailure[] = [];
  #notLeader = 0;
  #holds: CallHold[] = [];
  #delayMs = 0;
  subscriptionPauseMs = 0;

  loseReplies(count: number, as: LostReply = 'unavailable'): void {
    this.#lostReplies.push(...Array<LostReply>(count).fill(as));
  }

  failAppends(count: number, as: AppendFailure = 'unavailable'): void {
    this.#failures.push(...Array<AppendFailure>(count).fill(as));
  }

  answerNotLeader(count: number): void {
    this.#notLeader += count;
  }

  hold(options: HoldOptions): Hold {
    const hold = new CallHold(options);
    this.#holds.push(hold);
    return hold;
  }

  delay(milliseconds: number): void {
    this.#delayMs = milliseconds;
  }

  takeNotLeader(): boolean {
    if (this.#notLeader === 0) return false;
    this.#notLeader -= 1;
    return true;
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
  }
}
