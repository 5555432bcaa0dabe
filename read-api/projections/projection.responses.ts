import { ApiProperty, ApiSchema } from '@nestjs/swagger';
import { ChoiceProperty, IntegerProperty, ListProperty, TextProperty } from '../../infra/http/index.js';

const COUNT = { minimum: 0 };

@ApiSchema({ name: 'Projection', description: 'How far a read model has come.' })
export class ProjectionResponse {
  @TextProperty('Its name.', 'orders')
  readonly name!: string;
  @IntegerProperty('The version that is read.', 1, COUNT)
  readonly version!: number;
  @IntegerProperty('Which rebuild of that version.', 0, COUNT)
  readonly build!: number;
  @TextProperty('Everything up to here is in what is read; empty before the first event.', '0000000000000042')
  readonly position!: string;
  @IntegerProperty("Behind the head of the log, in the log's own unit.", 0, COUNT)
  readonly lag!: number;
  @IntegerProperty('Keys whose events wait for a retry.', 0, COUNT)
  readonly parked!: number;
  @ChoiceProperty('What it does.', ['live', 'catching-up', 'building', 'stopped'], 'live')
  readonly state!: string;
  @ApiProperty({ description: 'It has caught up with the log once; before, reads answer 503.', example: true })
  readonly complete!: boolean;
  @TextProperty('Only while nothing can be stored: the name of the error.', 'ReadStoreUnavailableError', {
    required: false,
  })
  readonly trouble?: string;
}

@ApiSchema({ name: 'Projections', description: 'The state of every read model.' })
export class ProjectionListResponse {
  @ListProperty(ProjectionResponse, 'By name.')
  readonly items!: readonly ProjectionResponse[];
}
