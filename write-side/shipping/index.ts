import { CreateShipmentHandler, DeliverShipmentHandler } from './shipment.handlers.js';
import { ShipmentsController } from './shipments.controller.js';

export const shippingWrites = {
  controllers: [ShipmentsController],
  handlers: [CreateShipmentHandler, DeliverShipmentHandler],
};
