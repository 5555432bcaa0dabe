import { ApiProperty } from '@nestjs/swagger';
import type { JsonObject } from '../../domain/shared/index.js';
import { NullableText } from '../shared/index.js';

export class HistoryEntryResponse {
  @ApiProperty()
  readonly eventId!: string;
  @ApiProperty({ format: 'date-time' })
  readonly at!: string;
  @ApiProperty({ description: 'such as `order.confirmed.v1`' })
  readonly type!: string;
  @ApiProperty({ description: 'the same in words' })
  readonly title!: string;
  @ApiProperty({ description: 'who did it, such as `customer:…`, `anonymous` or `saga:checkout`' })
  readonly actor!: string;
  @ApiProperty()
  readonly stream!: string;
  @ApiProperty({ type: 'integer' })
  readonly revision!: number;
  @ApiProperty({ description: 'place in the log; opaque' })
  readonly position!: string;
  @ApiProperty()
  readonly commandId!: string;
  @ApiProperty({ description: 'the same for all that one request set off' })
  readonly correlationId!: string;
  /** The business event that caused the command; null for a root command. */
  @NullableText()
  readonly causationId!: string | null;
  @ApiProperty({ type: 'object', additionalProperties: true, description: 'personal data is null once forgotten' })
  readonly data!: JsonObject;
}

export class OrderHistoryResponse {
  @ApiProperty({ type: [HistoryEntryResponse], description: 'in the order of the log' })
  readonly items!: readonly HistoryEntryResponse[];
}
