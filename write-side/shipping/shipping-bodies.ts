import { OptionalBody, OptionalTimestamp } from '../../infra/http/index.js';

@OptionalBody()
export class DeliveryBody {
  @OptionalTimestamp()
  readonly at?: string | null;
}
