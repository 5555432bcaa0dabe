import { Body, Controller, HttpCode, Param, Post, Res } from '@nestjs/common';
import { ApiTags } from '@nestjs/swagger';
import type { FastifyReply } from 'fastify';
import { inventoryAggregate, stockView } from '../../domain/inventory/index.js';
import type { InventoryCommand, InventoryState } from '../../domain/inventory/index.js';
import { invalid, isReservedSku, Operation, RESERVED_SKU, Roles, StockResponse } from '../../infra/http/index.js';
import { ProductFacts } from '../shared/product-facts.js';
import { WriteGate } from '../shared/write-gate.js';
import { WriteRoute } from '../shared/write-route.js';
import { AdjustmentBody, ReceiptBody } from './stock-bodies.js';

/** Where stock is when nobody says where. */
const DEFAULT_LOCATION = 'default';
const STOCK_AFTERWARDS = 'The stock of the SKU afterwards.';

@ApiTags('inventory')
@Controller('v1/inventory')
@Roles('admin')
export class InventoryController {
  constructor(
    private readonly gate: WriteGate,
    private readonly products: ProductFacts,
  ) {}

  @Post(':sku/receipts')
  @HttpCode(200)
  @Operation({
    id: 'inventory.receive',
    summary: 'Receive stock',
    description: 'Adds units that arrived at a location.',
    codes: ['PRODUCT.UNKNOWN_SKU', 'INVENTORY.QUANTITY_TOO_LARGE'],
  })
  @WriteRoute({ answers: { 200: [StockResponse, STOCK_AFTERWARDS] } })
  receive(@Param('sku') sku: string, @Body() body: ReceiptBody, @Res() reply: FastifyReply): Promise<void> {
    const { quantity, location } = body;
    if (isReservedSku(sku)) throw invalid('sku', RESERVED_SKU);
    return this.move(reply, { type: 'receive-stock', sku, quantity, location: location ?? DEFAULT_LOCATION });
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
      'INVENTORY.BELOW_RESERVED',
      'INVENTORY.NOT_ENOUGH_AT_LOCATION',
      'INVENTORY.QUANTITY_TOO_LARGE',
    ],
  })
  @WriteRoute({ answers: { 200: [StockResponse, STOCK_AFTERWARDS] } })
  adjust(@Param('sku') sku: string, @Body() body: AdjustmentBody, @Res() reply: FastifyReply): Promise<void> {
    const { quantity, reason, location } = body;
    return this.move(reply, { type: 'adjust-stock', sku, quantity, reason, location: location ?? DEFAULT_LOCATION });
  }

  private move(reply: FastifyReply, command: InventoryCommand): Promise<void> {
    const { sku } = command;
    return this.gate.run(reply, async (scope) => {
      await this.products.of(sku);
      const answer = (state: InventoryState) => stockView(sku, state);
      return scope.answer(200, { aggregate: inventoryAggregate, id: sku, command, answer });
    });
  }
}
