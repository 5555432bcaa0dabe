import { EventLog } from './event-log.js';
import { FaultPlan } from './fault-plan.js';
import type { DropReason, Faults } from './faults.js';
import { grpcServerOf } from './grpc-services.js';
import { HOST, Listener } from './listener.js';
import type { Activity, ServerNode } from './node.js';
import type { StoredEvent } from './stored-event.js';
import { SystemEvents } from './system-events.js';

export interface TestServerOptions {
  /** 0 (default): any that is free. */
  readonly port?: number;
  /** Bytes of one append; 1 MiB by default. */
  readonly maxAppendSizeBytes?: number;
  /** After so many appends the node writes a system event of its own; 25 by default, 0 for none. */
  readonly systemEventEvery?: number;
  /** A node over the same log, with which this one is a cluster; its options of the log hold. */
  readonly over?: TestServer;
  /** What the log held when `backup` was called; instead of a new log. */
  readonly backup?: readonly StoredEvent[];
  /** The node's clock in milliseconds, which stamps the events. */
  readonly now?: () => number;
  /** How many ids the node remembers for appends that expect no particular revision. */
  readonly recentIdsLimit?: number;
  /** Without it the client falls back to the plain append call. On by default. */
  readonly batchAppend?: boolean;
}

/** One node in this process, with its events in memory. */
export interface TestServer {
  /** `esdb://127.0.0.1:PORT?tls=false` */
  readonly url: string;
  readonly port: number;
  readonly faults: Faults;
  readonly activity: Readonly<Activity>;
  /** How many events the log holds, system events included. */
  readonly eventCount: number;
  /** For another node over it. */
  readonly log: EventLog;
  /** All events as they are now, to be put back under another node. */
  backup(): readonly StoredEvent[];
  /** Closes the port and cuts every connection, as a node that goes down; the events stay. */
  stop(): Promise<void>;
  /** Comes back on the same port with all events, without the recent ids. */
  start(): Promise<void>;
  restart(): Promise<void>;
  close(): Promise<void>;
}

const ONE_MEBIBYTE = 1024 * 1024;

export async function startTestServer(options: TestServerOptions = {}): Promise<TestServer> {
  const log = options.over?.log ?? newLog(options);
  const node: ServerNode = {
    log,
    faults: new FaultPlan(),
    activity: idle(),
    endpoint: { host: HOST, port: 0 },
    maxAppendSizeBytes: options.maxAppendSizeBytes ?? ONE_MEBIBYTE,
    serverVersion: '24.6.0',
    subscriptions: new Set(),
    disconnect: () => listener.cut(),
  };
  const grpc = grpcServerOf(node, options.batchAppend ?? true);
  const listener: Listener = new Listener(grpc, (connections) => {
    node.activity.connections = connections;
  });
  await listener.open(options.port ?? 0);
  node.endpoint.port = listener.port;
  const faults = faultsOf(node, listener);
  const start = async (): Promise<void> => {
    log.forgetRecentIds();
    await listener.open();
  };
  const stop = (): Promise<void> => listener.shut();
  return {
    url: `esdb://${HOST}:${listener.port}?tls=false`,
    port: listener.port,
    log,
    backup: () => [...log.all],
    faults,
    activity: node.activity,
    get eventCount() {
      return log.all.length;
    },
    stop,
    start,
    restart: () => stop().then(start),
    close: async () => {
      faults.clear();
      await listener.destroy();
      grpc.forceShutdown();
    },
  };
}

const idle = (): Activity => ({
  appends: 0,
  batchAppendCalls: 0,
  reads: 0,
  subscriptionsStarted: 0,
  subscriptions: 0,
  connections: 0,
});

function newLog(options: TestServerOptions): EventLog {
  const log = new EventLog({
    now: options.now ?? (() => performance.timeOrigin + performance.now()),
    recentIdsLimit: options.recentIdsLimit ?? 100_000,
  });
  const system = new SystemEvents(log, options.systemEventEvery ?? 25);
  if (options.backup === undefined) system.begin();
  else log.restore(options.backup);
  return log;
}

function faultsOf(node: ServerNode, listener: Listener): Faults {
  const plan = node.faults;
  return {
    loseReplies: (count, as) => plan.loseReplies(count, as),
    failAppends: (count, as) => plan.failAppends(count, as),
    answerNotLeader: (count, leader) => plan.answerNotLeader(count, leader),
    hold: (options) => plan.hold(options),
    delay: (milliseconds) => plan.delay(milliseconds),
    showAppendsAfter: (milliseconds) => {
      node.log.readableAfterMs = milliseconds;
    },
    slowSubscriptions: (milliseconds) => {
      plan.subscriptionPauseMs = milliseconds;
    },
    dropSlowSubscriptions: (on) => {
      plan.dropsSlowSubscriptions = on;
    },
    dropSubscriptions: (reason: DropReason = 'unavailable') => {
      const open = [...node.subscriptions];
      for (const subscription of open) subscription.drop(reason);
      return open.length;
    },
    disconnect: () => node.disconnect(),
    refuseConnections: () => listener.shut(),
    acceptConnections: () => listener.open(),
    clear: () => {
      plan.clear();
      node.log.readableAfterMs = 0;
    },
  };
}
