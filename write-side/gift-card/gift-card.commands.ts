import type { Money } from '../../domain/shared/index.js';
import { RequestCommand } from '../shared/write-scope.js';

export class IssueGiftCard extends RequestCommand<{
  readonly amount: Money;
  /** RFC 3339 UTC. */
  readonly expiresAt?: string;
  readonly note?: string;
  /** When it is issued, RFC 3339 UTC. */
  readonly now: string;
}> {}

export class AdjustGiftCard extends RequestCommand<{
  readonly giftCardId: string;
  /** Signed. */
  readonly amount: Money;
  readonly reason: string;
}> {}

export class BlockGiftCard extends RequestCommand<{ readonly giftCardId: string; readonly reason?: string }> {}
