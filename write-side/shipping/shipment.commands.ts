import type { OrderCommand } from '../../domain/order/index.js';
import { RequestCommand } from '../shared/write-scope.js';

type DataOf<Type extends OrderCommand['type']> = Omit<Extract<OrderCommand, { readonly type: Type }>, 'type'>;

export class CreateShipment extends RequestCommand<DataOf<'create-shipment'> & { readonly orderId: string }> {}

export class DeliverShipment extends RequestCommand<DataOf<'deliver-shipment'>> {}
