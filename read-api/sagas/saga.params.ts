import { Described, QueryChoice, QueryFilter, QueryInteger } from '../../infra/http/index.js';
import { SAGA_STATES } from '../../infra/engine/sagas/index.js';
import { SAGA_NAMES } from '../../projections/saga/index.js';
import type { SagaState } from '../../infra/engine/sagas/index.js';
import type { SagaName } from '../../projections/saga/index.js';
import { ListParams } from '../shared/index.js';

/** A hundred years of 365 days. */
const LONGEST_SECONDS = 3_153_600_000;

/** Which processes; filters are joined by and. */
export class SagaListParams extends ListParams {
  @Described('Of this process.', 'fulfilment')
  @QueryChoice(SAGA_NAMES)
  readonly name?: SagaName;

  @Described('In this state.', 'stuck')
  @QueryChoice(SAGA_STATES)
  readonly state?: SagaState;

  @Described('In their state for at least so many seconds.', 60)
  @QueryInteger({ min: 0, max: LONGEST_SECONDS })
  readonly olderThan?: number;

  @Described('With this id, or about the order with this id or number.', 'C4MA-H2G5-G4ZE-2')
  @QueryFilter()
  readonly q?: string;
}
