import { ApiSchema } from '@nestjs/swagger';
import { Described, OptionalBody, OptionalText, OptionalTimestamp } from '../../infra/http/index.js';

@ApiSchema({ description: 'When it arrived.' })
@OptionalBody()
export class DeliveryBody {
  @Described('The shipment of the path. A carrier has to name it, so that its signature is good for this one alone.')
  @OptionalText({ max: 100 })
  readonly shipmentId?: string | null;
  @Described('When; now where it is not said.')
  @OptionalTimestamp()
  readonly at?: string | null;
}
