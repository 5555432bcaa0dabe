import { ApiProperty } from '@nestjs/swagger';
import { RecordedEventResponse } from '../shared/index.js';

export class HistoryEntryResponse extends RecordedEventResponse {
  @ApiProperty()
  readonly eventId!: string;
  @ApiProperty({ description: 'what happened, in words: `Refund of 0.50 USD requested: bruised`' })
  readonly title!: string;
}
