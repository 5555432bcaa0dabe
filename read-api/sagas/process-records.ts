import { Inject, Injectable } from '@nestjs/common';
import { SAGA_STANDINGS, SAGA_TRIES } from '../../infra/engine/sagas/index.js';
import type { FailedTry, SagaStanding, SagaStandings, SagaTries } from '../../infra/engine/sagas/index.js';
import { EVENT_STORE, type EventStore } from '../../infra/event-store/index.js';
import { sagaStepsModel } from '../../projections/saga/index.js';
import type { SagaKey, SagaSteps } from '../../projections/saga/index.js';
import { readLive } from '../shared/index.js';

/** What is recorded of a process apart from its row: its steps in the log, and what its commands came to beside it. */
@Injectable()
export class ProcessRecords {
  constructor(
    @Inject(EVENT_STORE) private readonly log: EventStore,
    @Inject(SAGA_STANDINGS) private readonly standings: SagaStandings,
    @Inject(SAGA_TRIES) private readonly tries: SagaTries,
  ) {}

  /** @throws ProblemError SAGA.NOT_FOUND */
  steps({ name, id }: SagaKey): Promise<SagaSteps> {
    const nothing = { code: 'SAGA.NOT_FOUND', what: 'process' } as const;
    return readLive(this.log, sagaStepsModel(name), { id, asOf: undefined, nothing });
  }

  failedTries({ name, id }: SagaKey): Promise<readonly FailedTry[]> {
    return this.tries.of(name, id);
  }

  standing({ name, id }: SagaKey): Promise<SagaStanding | null> {
    return this.standings.of(name, id);
  }
}
