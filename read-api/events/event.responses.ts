import { ApiProperty } from '@nestjs/swagger';
import { RecordedEventResponse } from '../shared/index.js';

/** One line of the feed. Its `position` is what `from` goes on after. */
export class EventLineResponse extends RecordedEventResponse {
  @ApiProperty()
  readonly id!: string;
  @ApiProperty({ description: 'what stands before the first `-` of the stream' })
  readonly category!: string;
}
