import type { Logger } from 'pino';
import { createDispatcher, createSagaRunner, sagas, systemClock, type SagaRunner } from '../../sagas/index.js';
import type { CommandExecutor } from '../../write-side/shared/index.js';
import type { Carrier } from '../carrier/index.js';
import type { PaymentProvider } from '../payment-provider/index.js';
import type { ReadStore } from '../read-store/index.js';
import type { Tracer } from '../telemetry/index.js';
import type { Closers } from './closers.js';
import type { Log } from './stores.js';

export interface SagaSurroundings {
  readonly log: Log;
  readonly processes: ReadStore;
  readonly executor: CommandExecutor;
  readonly provider: PaymentProvider;
  readonly carrier: Carrier;
  readonly logger: Logger;
  readonly tracer: Tracer | null;
}

/** Runs every saga until the engine closes; answers the runner, to be asked how it stands. */
export async function runSagas(surroundings: SagaSurroundings, closers: Closers): Promise<SagaRunner> {
  const { log, processes: readStore, executor, provider, carrier, logger, tracer } = surroundings;
  const dispatch = createDispatcher({ executor, eventStore: log.events, provider, carrier });
  // Sagas follow the log with what is personal sealed: their records hold nothing of it, and now they cannot.
  const runner = createSagaRunner({
    eventStore: log.sealed,
    readStore,
    sagas,
    dispatch,
    clock: systemClock,
    logger,
    tracer,
  });
  closers.add(() => runner.close());
  await runner.start();
  return runner;
}
