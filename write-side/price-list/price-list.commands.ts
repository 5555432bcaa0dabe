import type {
  ChangePriceList as ChangePriceListFields,
  CreatePriceList as CreatePriceListFields,
} from '../../domain/price-list/index.js';
import { RequestCommand } from '../shared/write-scope.js';

export class CreatePriceList extends RequestCommand<Pick<CreatePriceListFields, 'code' | 'details'>> {}

export class ChangePriceList extends RequestCommand<Pick<ChangePriceListFields, 'code' | 'changes'>> {}
