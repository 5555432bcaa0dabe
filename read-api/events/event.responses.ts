import { ApiSchema } from '@nestjs/swagger';
import { TextProperty } from '../../infra/http/index.js';
import { RecordedEventResponse } from '../shared/index.js';

@ApiSchema({ name: 'EventLine', description: 'One line of the feed. `from` goes on after its `position`.' })
export class EventLineResponse extends RecordedEventResponse {
  @TextProperty('Id of the event.', '3f0d5a8e-27a1-5a0f-8d6c-0e9d4a1b2c3d')
  readonly id!: string;
  @TextProperty('What stands before the first `-` of the stream.', 'order')
  readonly category!: string;
}
