// What several routes answer, as JSON Schema 2020-12 (OpenAPI 3.1). Shapes of documents, so further members are fine.

export const moneySchema = {
  type: 'object',
  description: 'Minor units of an ISO 4217 currency.',
  required: ['amount', 'currency'],
  properties: { amount: { type: 'integer' }, currency: { type: 'string', pattern: '^[A-Z]{3}$' } },
};

const TOTALS = ['subtotal', 'discount', 'shipping', 'tax', 'taxIncluded', 'total'];

const totalsSchema = {
  type: 'object',
  description: 'total = subtotal − discount + shipping + tax; taxIncluded is contained in the lines.',
  required: TOTALS,
  properties: Object.fromEntries(TOTALS.map((name) => [name, moneySchema])),
};

const cartItemSchema = {
  type: 'object',
  required: ['sku', 'name', 'quantity', 'unitPrice', 'lineTotal'],
  properties: {
    sku: { type: 'string' },
    name: { type: 'string' },
    quantity: { type: 'integer', minimum: 1 },
    unitPrice: moneySchema,
    lineTotal: moneySchema,
  },
};

export const cartSchema = {
  type: 'object',
  required: ['cartId', 'currency', 'status', 'items', 'totals', 'version'],
  properties: {
    cartId: { type: 'string' },
    currency: { type: 'string' },
    reference: { type: 'string' },
    status: { type: 'string', enum: ['open', 'checked-out', 'abandoned'] },
    items: { type: 'array', items: cartItemSchema },
    totals: totalsSchema,
    version: { type: 'integer', description: 'The stream revision, also the ETag.' },
  },
};

const addressSchema = {
  type: 'object',
  required: ['name', 'line1', 'city', 'country'],
  properties: {
    name: { type: 'string' },
    line1: { type: 'string' },
    line2: { type: 'string' },
    city: { type: 'string' },
    region: { type: 'string' },
    postalCode: { type: 'string' },
    country: { type: 'string', pattern: '^[A-Z]{2}$' },
  },
};

const skuQuantitySchema = {
  type: 'object',
  required: ['sku', 'quantity'],
  properties: { sku: { type: 'string' }, quantity: { type: 'integer', minimum: 1 } },
};

export const rejectionSchema = {
  type: 'object',
  required: ['code', 'detail'],
  properties: {
    code: { type: 'string' },
    detail: { type: 'string' },
    lines: {
      type: 'array',
      description: 'Every SKU that was short, and no other; where stock was the reason.',
      items: {
        type: 'object',
        required: ['sku', 'requested', 'available'],
        properties: {
          sku: { type: 'string' },
          requested: { type: 'integer', minimum: 1 },
          available: { type: 'integer', minimum: 0, description: 'What there was for this order.' },
        },
      },
    },
  },
};

const paymentSchema = {
  type: ['object', 'null'],
  description: 'Null until a payment is requested.',
  required: ['paymentId', 'status', 'authorized', 'captured', 'refunded'],
  properties: {
    paymentId: { type: 'string' },
    status: {
      type: 'string',
      enum: ['requested', 'authorized', 'declined', 'voided', 'captured', 'partially-refunded', 'refunded', 'failed'],
    },
    authorized: moneySchema,
    captured: moneySchema,
    refunded: moneySchema,
    expiresAt: {
      type: 'string',
      format: 'date-time',
      description: 'While money is held: when the provider lets it go by itself, where it said so.',
    },
  },
};

export const shipmentSchema = {
  type: 'object',
  required: ['shipmentId', 'createdAt', 'lines', 'status'],
  properties: {
    shipmentId: { type: 'string' },
    orderId: { type: 'string' },
    createdAt: { type: 'string', format: 'date-time' },
    lines: { type: 'array', items: skuQuantitySchema },
    status: { type: 'string' },
    carrier: { type: 'string' },
    trackingNumber: { type: 'string' },
    deliveredAt: { type: 'string', format: 'date-time', description: 'As the carrier or the shop said.' },
  },
};

const orderLineSchema = {
  type: 'object',
  description: 'What is neither shipped nor cancelled is open.',
  required: [...cartItemSchema.required, 'quantityShipped', 'quantityCancelled'],
  properties: {
    ...cartItemSchema.properties,
    quantityShipped: { type: 'integer', minimum: 0 },
    quantityCancelled: { type: 'integer', minimum: 0 },
  },
};

const taxSchema = {
  type: 'object',
  description: 'One rate of tax and what it came to on the order as it was placed.',
  required: ['name', 'rate', 'included', 'net', 'tax', 'gross'],
  properties: {
    name: { type: 'string' },
    rate: { type: 'string', description: 'Decimal fraction, such as `0.19`.' },
    included: { type: 'boolean', description: 'Contained in the prices, not added on top.' },
    net: moneySchema,
    tax: moneySchema,
    gross: moneySchema,
  },
};

export const orderSchema = {
  type: 'object',
  required: ['orderId', 'orderNumber', 'status', 'lines', 'totals', 'payment', 'shipments', 'version'],
  properties: {
    orderId: { type: 'string' },
    orderNumber: { type: 'string' },
    reference: { type: 'string' },
    status: {
      type: 'string',
      enum: ['pending', 'confirmed', 'partially-shipped', 'shipped', 'delivered', 'completed', 'rejected', 'cancelled'],
    },
    lines: { type: 'array', items: orderLineSchema },
    totals: totalsSchema,
    currentTotal: {
      ...moneySchema,
      description: 'The total without what was cancelled: what is paid in the end, before refunds.',
    },
    taxes: { type: 'array', items: taxSchema },
    shippingMethod: { type: 'string' },
    payment: paymentSchema,
    shipments: { type: 'array', items: shipmentSchema },
    email: { type: ['string', 'null'], description: 'Null once the buyer was forgotten.' },
    shippingAddress: { anyOf: [addressSchema, { type: 'null' }] },
    billingAddress: { ...addressSchema, description: 'Where one was given.' },
    placedAt: { type: 'string', format: 'date-time' },
    version: { type: 'integer' },
    rejection: rejectionSchema,
  },
};

const stockNumbers = {
  onHand: { type: 'integer' },
  reserved: { type: 'integer' },
  available: { type: 'integer' },
};

export const stockSchema = {
  type: 'object',
  required: ['sku', 'onHand', 'reserved', 'available', 'locations'],
  properties: {
    sku: { type: 'string' },
    ...stockNumbers,
    locations: {
      type: 'array',
      items: {
        type: 'object',
        required: ['location', 'onHand', 'reserved', 'available'],
        properties: { location: { type: 'string' }, ...stockNumbers },
      },
    },
  },
};
