import { CommandHandler, type ICommandHandler } from '@nestjs/cqrs';
import { orderAggregate, orderIdOfShipment } from '../../domain/order/index.js';
import { problem } from '../../infra/http/index.js';
import type { WriteAnswer } from '../shared/write-scope.js';
import { createdShipment, shipmentOf } from './shipment.answers.js';
import { CreateShipment, DeliverShipment } from './shipment.commands.js';

@CommandHandler(CreateShipment)
export class CreateShipmentHandler implements ICommandHandler<CreateShipment> {
  execute({ scope, data: { orderId, ...shipment } }: CreateShipment): Promise<WriteAnswer> {
    return scope.answer(201, {
      aggregate: orderAggregate,
      id: orderId,
      missing: 'ORDER.NOT_FOUND',
      command: { type: 'create-shipment', ...shipment },
      answer: createdShipment,
    });
  }
}

@CommandHandler(DeliverShipment)
export class DeliverShipmentHandler implements ICommandHandler<DeliverShipment> {
  async execute({ scope, data }: DeliverShipment): Promise<WriteAnswer> {
    const orderId = orderIdOfShipment(data.shipmentId);
    if (orderId === null) throw problem('SHIPMENT.NOT_FOUND', 'There is no such shipment.');
    return scope.answer(200, {
      aggregate: orderAggregate,
      id: orderId,
      missing: 'SHIPMENT.NOT_FOUND',
      command: { type: 'deliver-shipment', ...data },
      answer: (state) => shipmentOf(state, data.shipmentId),
    });
  }
}
