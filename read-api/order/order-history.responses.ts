import { ApiProperty } from '@nestjs/swagger';
import { RecordedEventResponse } from '../shared/index.js';

export class HistoryEntryResponse extends RecordedEventResponse {
  @ApiProperty()
  readonly eventId!: string;
  @ApiProperty({ description: 'the type in words' })
  readonly title!: string;
}

export class OrderHistoryResponse {
  @ApiProperty({ type: [HistoryEntryResponse], description: 'in the order of the log' })
  readonly items!: readonly HistoryEntryResponse[];
}
