import { ApiProperty } from '@nestjs/swagger';

export class ProjectionResponse {
  @ApiProperty()
  readonly name!: string;
  @ApiProperty({ type: 'integer', description: 'the version that is read' })
  readonly version!: number;
  @ApiProperty({ type: 'integer', description: 'which rebuild of that version' })
  readonly build!: number;
  @ApiProperty({ description: 'everything up to here is in what is read; empty before the first event' })
  readonly position!: string;
  @ApiProperty({ type: 'integer', description: "behind the head of the log, in the log's own unit" })
  readonly lag!: number;
  @ApiProperty({ type: 'integer', description: 'keys whose events wait for a retry' })
  readonly parked!: number;
  @ApiProperty({ enum: ['live', 'catching-up', 'building', 'stopped'] })
  readonly state!: string;
  @ApiProperty({ description: 'it has caught up with the log once; before, reads answer 503' })
  readonly complete!: boolean;
  @ApiProperty({ required: false, description: 'only while nothing can be stored: the name of the error' })
  readonly trouble?: string;
}

export class ProjectionListResponse {
  @ApiProperty({ type: [ProjectionResponse] })
  readonly items!: readonly ProjectionResponse[];
}
