import type {
  ChangeChannel as ChangeChannelFields,
  CreateChannel as CreateChannelFields,
} from '../../domain/channel/index.js';
import { RequestCommand } from '../shared/write-scope.js';

export class CreateChannel extends RequestCommand<Omit<CreateChannelFields, 'type'>> {}

export class ChangeChannel extends RequestCommand<Omit<ChangeChannelFields, 'type'>> {}
