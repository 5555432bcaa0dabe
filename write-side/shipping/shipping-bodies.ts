import { OptionalBody, OptionalText, OptionalTimestamp } from '../../infra/http/index.js';

@OptionalBody()
export class DeliveryBody {
  /** A carrier's notice has to name it, so that its signature is good for this shipment alone. */
  @OptionalText({ max: 100 })
  readonly shipmentId?: string | null;
  @OptionalTimestamp()
  readonly at?: string | null;
}
