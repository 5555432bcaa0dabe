import type { Money } from '../../domain/shared/index.js';
import { RequestCommand } from '../shared/write-scope.js';

export class CancelOrder extends RequestCommand<{ readonly orderId: string; readonly reason: string }> {}

export class RefundOrder extends RequestCommand<{
  readonly orderId: string;
  /** The amount; all that is left of the captured money where it is absent. */
  readonly amount?: Money;
  readonly reason: string;
}> {}

export class RetryPayment extends RequestCommand<{ readonly orderId: string }> {}

export class AddNote extends RequestCommand<{
  readonly orderId: string;
  /** RFC 3339 UTC. */
  readonly createdAt: string;
  readonly text: string;
}> {}
