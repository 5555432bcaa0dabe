import { randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { status } from '@grpc/grpc-js';
import type { DropReason } from './faults.js';
import type { ServerNode } from './node.js';
import type { ReadMessage } from './read-messages.js';
import {
  caughtUpMessage,
  checkpointMessage,
  confirmationMessage,
  eventMessage,
  fellBehindMessage,
} from './read-messages.js';
import type { ReadRequest } from './read-request.js';
import type { ReadCall } from './read-call.js';
import { writable } from './read-call.js';
import { RpcError, timedOut, unavailable } from './rpc-errors.js';
import type { StoredEvent } from './stored-event.js';
import type { SubscriptionSource } from './subscription-source.js';
import { sourceOf } from './subscription-source.js';

/** Live events that may wait for a client before the node falls back to reading. */
const LIVE_BUFFER = 64;

/** One subscription: confirms, catches up page by page, says so, and goes on live; back to pages if the client is slow. */
export class Subscription {
  readonly #node: ServerNode;
  readonly #call: ReadCall;
  readonly #structuredIds: boolean;
  readonly #source: SubscriptionSource;
  readonly #over = new AbortController();
  #wake: () => void = () => undefined;

  constructor(node: ServerNode, call: ReadCall, request: ReadRequest) {
    this.#node = node;
    this.#call = call;
    this.#structuredIds = request.structuredIds;
    this.#source = sourceOf(node.log, request);
  }

  async run(): Promise<void> {
    const { activity, subscriptions, log } = this.#node;
    if (this.#call.cancelled) return;
    const stopListening = log.onAppended(() => this.#wake());
    this.#call.once('cancelled', () => this.#stop());
    subscriptions.add(this);
    activity.subscriptions += 1;
    try {
      await this.#send(confirmationMessage(randomUUID()));
      if (this.#source.startsLive) await this.#live();
      while (!this.#isOver) {
        await this.#catchUp();
        await this.#live();
      }
    } finally {
      stopListening();
      subscriptions.delete(this);
      activity.subscriptions -= 1;
    }
  }

  drop(reason: DropReason): void {
    if (this.#isOver) return;
    this.#stop();
    if (reason === 'ended') this.#call.end();
    else this.#call.emit('error', errorOf(reason));
  }

  get #isOver(): boolean {
    return this.#over.signal.aborted;
  }

  #stop(): void {
    this.#over.abort();
    this.#wake();
  }

  async #catchUp(): Promise<void> {
    while (!this.#isOver) {
      const page = this.#source.nextPage();
      for (const event of page.events) await this.#sendEvent(event);
      if (page.checkpoint !== undefined) await this.#send(checkpointMessage(page.checkpoint));
      if (page.isEnd) return;
    }
  }

  async #live(): Promise<void> {
    await this.#send(caughtUpMessage());
    while (!this.#isOver) {
      if (this.#source.pending > LIVE_BUFFER) {
        if (this.#node.faults.dropsSlowSubscriptions) return this.drop('consumer-too-slow');
        return this.#fallBehind();
      }
      const next = this.#source.nextLive();
      if (next === undefined) await this.#appended();
      else {
        if (next.event !== undefined) await this.#sendEvent(next.event);
        if (next.checkpoint !== undefined) await this.#send(checkpointMessage(next.checkpoint));
      }
    }
  }

  async #fallBehind(): Promise<void> {
    await this.#send(fellBehindMessage());
    const checkpoint = this.#source.fallBehind();
    if (checkpoint !== undefined) await this.#send(checkpointMessage(checkpoint));
  }

  #appended(): Promise<void> {
    return new Promise((resolve) => {
      this.#wake = resolve;
    });
  }

  async #sendEvent(event: StoredEvent): Promise<void> {
    await this.#send(eventMessage(event, this.#structuredIds));
    const pause = this.#node.faults.subscriptionPauseMs;
    if (pause > 0) await sleep(pause, undefined, { signal: this.#over.signal }).catch(() => undefined);
  }

  async #send(message: ReadMessage): Promise<void> {
    if (this.#isOver || this.#call.cancelled) return;
    if (!this.#call.write(message)) await writable(this.#call, this.#over.signal);
  }
}

function errorOf(reason: Exclude<DropReason, 'ended'>): RpcError {
  switch (reason) {
    case 'unavailable':
      return unavailable('The node is going away');
    case 'cancelled':
      return new RpcError(status.CANCELLED, 'The subscription was dropped');
    case 'consumer-too-slow':
      return timedOut('Consumer too slow to handle event while live. Client resubscription required.');
  }
}
