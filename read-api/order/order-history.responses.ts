import { ApiSchema } from '@nestjs/swagger';
import { TextProperty } from '../../infra/http/index.js';
import { RecordedEventResponse } from '../shared/index.js';

@ApiSchema({ name: 'HistoryEntry', description: 'Something that touched the order.' })
export class HistoryEntryResponse extends RecordedEventResponse {
  @TextProperty('Id of the event.', '3f0d5a8e-27a1-5a0f-8d6c-0e9d4a1b2c3d')
  readonly eventId!: string;
  @TextProperty('What happened, in words.', 'Refund of 0.50 USD requested: bruised')
  readonly title!: string;
}
