import { RequestCommand } from '../shared/write-scope.js';

export interface PutPricingPolicyData {
  /** Parsed JSON that has yet to be looked at. */
  readonly policy: unknown;
}

export class PutPricingPolicy extends RequestCommand<PutPricingPolicyData> {}
