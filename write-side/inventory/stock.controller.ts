import { StockView } from '../../domain/inventory/index.js';
import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { invalid, isReservedSku, Operation, RESERVED_SKU, Roles } from '../../infra/http/index.js';
import { WriteGate } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { AdjustStock, ReceiveStock } from './stock.commands.js';
import { AdjustmentBody, ReceiptBody } from './stock.bodies.js';

/** The location of stock where a request names none. */
const DEFAULT_LOCATION = 'default';
const STOCK_AFTERWARDS = 'The stock of the SKU afterwards.';

@ApiTags('inventory')
@Controller('v1/inventory')
@Roles('admin')
export class StockController {
  constructor(private readonly gate: WriteGate) {}

  @Post(':sku/receipts')
  @HttpCode(200)
  @Operation({
    id: 'inventory.receive',
    summary: 'Receive stock',
    description: 'Adds units that arrived at a location.',
    codes: ['PRODUCT.UNKNOWN_SKU', 'INVENTORY.NOT_STOCKED', 'INVENTORY.QUANTITY_TOO_LARGE'],
  })
  @WriteRoute({ answers: { 200: [StockView, STOCK_AFTERWARDS] } })
  receive(@Param('sku') sku: string, @Body() body: ReceiptBody, @Res() reply: FastifyReply): Promise<void> {
    const { quantity } = body;
    const location = body.location ?? DEFAULT_LOCATION;
    if (isReservedSku(sku)) throw invalid('sku', RESERVED_SKU);
    return this.gate.send(reply, (scope) => new ReceiveStock(scope, { sku, quantity, location }));
  }

  @Post(':sku/adjustments')
  @HttpCode(200)
  @Operation({
    id: 'inventory.adjust',
    summary: 'Adjust stock',
    description:
      'Corrects what a count found: more or less units at a location, and why. What is held for orders stays.',
    codes: [
      'PRODUCT.UNKNOWN_SKU',
      'INVENTORY.NOT_STOCKED',
      'INVENTORY.BELOW_RESERVED',
      'INVENTORY.NOT_ENOUGH_AT_LOCATION',
      'INVENTORY.QUANTITY_TOO_LARGE',
    ],
  })
  @WriteRoute({ answers: { 200: [StockView, STOCK_AFTERWARDS] } })
  adjust(@Param('sku') sku: string, @Body() body: AdjustmentBody, @Res() reply: FastifyReply): Promise<void> {
    const { quantity, reason } = body;
    const location = body.location ?? DEFAULT_LOCATION;
    return this.gate.send(reply, (scope) => new AdjustStock(scope, { sku, quantity, reason, location }));
  }
}
