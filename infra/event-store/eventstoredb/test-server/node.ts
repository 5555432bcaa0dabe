import type { EventLog } from './event-log.js';
import type { FaultPlan } from './fault-plan.js';
import type { DropReason } from './faults.js';

/** What has been going on at the node; tests wait on it. */
export interface Activity {
  /** Appends that reached the node, refused ones included. */
  appends: number;
  /** Calls of BatchAppend begun since the start. */
  batchAppendCalls: number;
  /** Reads that reached the node; subscriptions are not among them. */
  reads: number;
  /** Subscriptions begun since the start. */
  subscriptionsStarted: number;
  /** Subscriptions open now. */
  subscriptions: number;
  /** Connections open now. */
  connections: number;
}

/** What the handlers of all services share. */
export interface ServerNode {
  readonly log: EventLog;
  readonly faults: FaultPlan;
  readonly activity: Activity;
  /** The port is known once the node listens. */
  readonly endpoint: { readonly host: string; port: number };
  readonly maxAppendSizeBytes: number;
  readonly serverVersion: string;
  /** Cuts every connection there is now, and says how many that were. */
  disconnect(): number;
  /** Ends each subscription that is open. */
  readonly subscriptions: Set<{ drop(reason: DropReason): void }>;
}
