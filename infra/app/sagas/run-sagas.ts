import type { Logger } from 'pino';
import { createSagaRunner, type SagaRunner, systemClock } from '../../engine/sagas/index.js';
import { type CartAbandonment, createCartAbandonment, createDispatcher, sagas } from '../../../sagas/index.js';
import { personalFields } from '../../../domain/personal-fields.js';
import type { CommandExecutor, ExpectedEvent, FollowUps, UnitsOfWork } from '../../engine/commands/index.js';
import type { Carrier } from '../../carrier/index.js';
import { createLeaderElection } from '../../lease/index.js';
import type { PaymentProviders } from '../../payment-provider/index.js';
import type { DocumentStore } from '../../document-store/index.js';
import type { ObservedSagas, Tracer } from '../../telemetry/index.js';
import type { CommerceMetrics, ObserveLeader } from '../../telemetry/metrics/index.js';
import type { Closers } from '../boot/closers.js';
import { sagasLease } from '../stores/leases.js';
import { observedDispatch } from './observed-parts.js';
import type { Log } from '../stores/stores.js';

export interface SagaSurroundings {
  readonly log: Log;
  readonly processes: DocumentStore;
  readonly executor: CommandExecutor;
  readonly units: UnitsOfWork;
  readonly providers: PaymentProviders;
  readonly carrier: Carrier;
  readonly logger: Logger;
  readonly tracer: Tracer | null;
  readonly metrics: CommerceMetrics;
  /** The codes of gift cards follow from it. */
  readonly serverSecret: Buffer;
  readonly cartAbandonedAfterDays: number;
  readonly observeLeader: ObserveLeader;
}

/**
 * Runs every saga until the engine closes, or stands by while another process runs them. Returns the readiness check of this
 * process's sagas.
 */
export async function runSagas(surroundings: SagaSurroundings, closers: Closers): Promise<ObservedSagas> {
  const { processes, logger, units } = surroundings;
  let running: SagaRunner | null = null;
  const runWith = (runner: SagaRunner | null): void => {
    running = runner;
    units.followUps = runner === null ? null : withoutPersonal(runner);
  };
  const election = createLeaderElection({
    lease: sagasLease(processes),
    start: async () => {
      const runner = createRunner(surroundings);
      await runner.start();
      runWith(runner);
      const abandonment = createAbandonment(surroundings);
      abandonment.start();
      logger.info('runs the sagas');
      return {
        heartbeat: async () => true,
        close: async () => {
          await abandonment.close();
          await runner.close();
        },
      };
    },
    onStandby: () => {
      runWith(null);
      logger.info('another process runs the sagas: standing by');
    },
    onLeaseError: (error) => logger.warn({ err: error }, 'the lease of the sagas cannot be told: trying again'),
    onWorkerFailed: (error) => {
      runWith(null);
      logger.error({ err: error }, 'the sagas have failed: trying again, unless another process takes over');
    },
  });
  closers.add(() => election.close());
  surroundings.observeLeader('sagas', () => election.isLeader);
  await election.start();
  return { phases: () => running?.phases() ?? [], status: () => running?.status() ?? { work: 0 } };
}

/** Opens the log for sagas with personal data sealed, so that their records cannot hold any. */
const withoutPersonal = (runner: FollowUps): FollowUps => ({
  follows: (type) => runner.follows(type),
  decide: (event, unit) => runner.decide({ ...event, data: clearOf(event) }, unit),
});

function clearOf({ type, data }: ExpectedEvent): ExpectedEvent['data'] {
  const { fields = [] } = personalFields[type] ?? {};
  return { ...data, ...Object.fromEntries(fields.map((field) => [field, null])) };
}

function createRunner({ log, executor, providers, carrier, ...parts }: SagaSurroundings): SagaRunner {
  return createSagaRunner({
    // Sagas follow the log with personal data sealed, so that their records cannot hold any.
    eventStore: log.sealed,
    documents: parts.processes,
    sagas,
    dispatch: observedDispatch(
      createDispatcher({ executor, eventStore: log.events, providers, carrier, serverSecret: parts.serverSecret }),
      parts.metrics,
      parts.logger,
    ),
    units: parts.units,
    clock: systemClock,
    logger: parts.logger,
    tracer: parts.tracer,
  });
}

function createAbandonment({ log, processes, executor, ...parts }: SagaSurroundings): CartAbandonment {
  const { cartAbandonedAfterDays, logger } = parts;
  return createCartAbandonment({
    eventStore: log.sealed,
    documents: processes,
    executor,
    afterDays: cartAbandonedAfterDays,
    clock: systemClock,
    onAbandoned: (carts) => logger.info({ carts }, 'abandoned carts that nobody came back to'),
    onFailed: (error) => logger.warn({ err: error }, 'carts that nobody came back to are looked for again later'),
  });
}
