import { OptionalTimestamp } from '../../infra/http/index.js';

export class DeliveryBody {
  @OptionalTimestamp()
  readonly at?: string | null;
}
