import type { InventoryCommand } from '../../domain/inventory/index.js';
import { RequestCommand } from '../shared/write-scope.js';

type DataOf<Type extends InventoryCommand['type']> = Omit<Extract<InventoryCommand, { readonly type: Type }>, 'type'>;

export class ReceiveStock extends RequestCommand<DataOf<'receive-stock'>> {}

export class AdjustStock extends RequestCommand<DataOf<'adjust-stock'>> {}
