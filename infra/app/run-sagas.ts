import type { Logger } from 'pino';
import {
  createCartAbandonment,
  createDispatcher,
  createSagaRunner,
  sagas,
  systemClock,
  type CartAbandonment,
  type SagaRunner,
} from '../../sagas/index.js';
import type { CommandExecutor } from '../../write-side/shared/index.js';
import type { Carrier } from '../carrier/index.js';
import { createDutyRoster } from '../lease/index.js';
import type { PaymentProviders } from '../payment-provider/index.js';
import type { ReadStore } from '../read-store/index.js';
import type { ObservedSagas, Tracer } from '../telemetry/index.js';
import type { CommerceMetrics, ObserveDuty } from '../telemetry/metrics/index.js';
import type { Closers } from './closers.js';
import { sagasLease } from './leases.js';
import { observedDispatch } from './observed-parts.js';
import { idleCartsIn } from './idle-carts.js';
import type { Log } from './stores.js';

export interface SagaSurroundings {
  readonly log: Log;
  readonly processes: ReadStore;
  readonly executor: CommandExecutor;
  readonly providers: PaymentProviders;
  readonly carrier: Carrier;
  readonly logger: Logger;
  readonly tracer: Tracer | null;
  readonly metrics: CommerceMetrics;
  /** The read models, of which carts that are left lying are found. */
  readonly reads: ReadStore;
  readonly cartAbandonedAfterDays: number;
  readonly observeDuty: ObserveDuty;
}

/**
 * Runs every saga until the engine closes, or stands by while another process does; answers what tells how those of this
 * process stand.
 */
export async function runSagas(surroundings: SagaSurroundings, closers: Closers): Promise<ObservedSagas> {
  const { processes, logger } = surroundings;
  let running: SagaRunner | null = null;
  const roster = createDutyRoster({
    lease: sagasLease(processes),
    takeUp: async () => {
      const runner = createRunner(surroundings);
      await runner.start();
      running = runner;
      const abandonment = createAbandonment(surroundings);
      abandonment.start();
      logger.info('runs the sagas');
      return {
        attend: async () => true,
        close: async () => {
          await abandonment.close();
          await runner.close();
        },
      };
    },
    onStandby: () => {
      running = null;
      logger.info('another process runs the sagas: standing by');
    },
    onTrouble: (error) => logger.warn({ err: error }, 'the lease of the sagas cannot be told: trying again'),
    onFailed: (error) => {
      running = null;
      logger.error({ err: error }, 'the sagas have failed: trying again, unless another process takes over');
    },
  });
  closers.add(() => roster.close());
  surroundings.observeDuty('sagas', () => roster.isAtWork);
  await roster.start();
  return { phases: () => running?.phases() ?? [], status: () => running?.status() ?? { work: 0 } };
}

function createRunner({ log, executor, providers, carrier, ...parts }: SagaSurroundings): SagaRunner {
  return createSagaRunner({
    // Sagas follow the log with what is personal sealed: their records hold nothing of it, and now they cannot.
    eventStore: log.sealed,
    readStore: parts.processes,
    sagas,
    dispatch: observedDispatch(
      createDispatcher({ executor, eventStore: log.events, providers, carrier }),
      parts.metrics,
      parts.logger,
    ),
    clock: systemClock,
    logger: parts.logger,
    tracer: parts.tracer,
  });
}

function createAbandonment({ executor, reads, cartAbandonedAfterDays, logger }: SagaSurroundings): CartAbandonment {
  return createCartAbandonment({
    executor,
    findIdleCarts: idleCartsIn(reads),
    afterDays: cartAbandonedAfterDays,
    clock: systemClock,
    onAbandoned: (carts) => logger.info({ carts }, 'abandoned carts that nobody came back to'),
    onFailed: (error) => logger.warn({ err: error }, 'carts that nobody came back to are looked for again later'),
  });
}
