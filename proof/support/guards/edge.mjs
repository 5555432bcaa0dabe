// What guards the way in, and what is personal: each taken out, a spec has to go red.
const CONVENTIONS = ['infra/http/conventions.spec.ts'];
const SEALING = 'infra/key-store/sealing/seal-event-store';

export const edgeGuards = [
  {
    name: 'a route is open to its roles alone',
    file: 'infra/http/auth/roles.ts',
    find: 'if (!allowed.includes(principal.role)) throw authForbidden();',
    replace: '',
    specs: ['infra/http/auth/credentials.spec.ts', 'write-side/authorization.spec.ts'],
  },
  {
    name: 'an order is open to whom it belongs alone',
    file: 'write-side/order/order.guard.ts',
    find: 'if (owner === null || !mayTouchOrder(credential, owner, this.config.serverSecret)) throw hiddenOrder();',
    replace: 'if (owner === null) throw hiddenOrder();',
    specs: ['write-side/authorization.spec.ts', 'write-side/order/orders.spec.ts'],
  },
  {
    name: 'a webhook is signed',
    file: 'infra/http/auth/signed-webhook.ts',
    find: '    webhook.verify(body, signature);\n',
    replace: '',
    specs: ['write-side/shipping/carrier-webhook.spec.ts'],
  },
  {
    name: 'personal data is sealed in the log',
    file: `${SEALING}.ts`,
    find: 'if (key !== null) data[field] = this.#seals.seal(key, { eventId: event.id, field }, value);',
    replace: 'if (key !== null) continue;',
    specs: [`${SEALING}.spec.ts`],
  },
  {
    name: 'personal data without a key is not recorded',
    file: `${SEALING}.ts`,
    find: 'else throw new PersonWithoutKeyError(event, field);',
    replace: '',
    specs: [`${SEALING}.spec.ts`],
  },
  {
    name: 'a body has at most so many bytes',
    file: 'infra/http/create-http-app.ts',
    find: 'bodyLimit: BODY_LIMIT,',
    replace: 'bodyLimit: 100 * BODY_LIMIT,',
    specs: ['infra/http/request-body.spec.ts', 'infra/http/create-http-app.spec.ts', ...CONVENTIONS],
  },
  {
    name: 'a body is nested so deep at most',
    file: 'infra/http/json-scan.ts',
    find: "if (this.#open.length >= MAX_DEPTH) return this.#flaw('too-deep');",
    replace: '',
    specs: ['infra/http/json-body.spec.ts'],
  },
  {
    name: 'a page has at most so many items',
    file: 'infra/http/paging.ts',
    find: 'if (limit < 1 || limit > MAX_LIMIT)',
    replace: 'if (limit < 1)',
    specs: CONVENTIONS,
  },
  {
    name: 'a cursor is good for its own query alone',
    file: 'infra/http/paging.ts',
    find: "if (parts[0] !== query) throw invalid('cursor', 'belongs to another query, or to the log before it was restored');",
    replace: '',
    specs: [...CONVENTIONS, 'read-api/shared/cursors.spec.ts'],
  },
  {
    name: 'a client has so many requests a second at most',
    file: 'infra/http/rate-limit.ts',
    find: 'if (count <= this.limit.perSecond) return null;',
    replace: 'if (count > 0) return null;',
    specs: ['infra/http/rate-limit.spec.ts'],
  },
  {
    name: 'a guest’s key cannot be guessed',
    file: 'write-side/shared/write-gate.ts',
    find: 'key.trim().length < GUESTS_LEAST',
    replace: 'key.trim().length < 1',
    specs: ['write-side/shared/idempotency.spec.ts'],
  },
];
