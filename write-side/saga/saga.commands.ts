import type { Repair } from '../../domain/order/index.js';
import { RequestCommand } from '../shared/write-scope.js';

/** Has a process tried again, or brought to its failing end. */
export class RepairSaga extends RequestCommand<{
  readonly repair: Repair;
  readonly name: string;
  readonly id: string;
  readonly reason: string;
}> {}
