// The compiler of the specs, for Jest's own loader (jest.config.js) and for Node's (typescript-hooks.mjs).

/** Options of swc. */
export const swcOptions = {
  jsc: {
    parser: { syntax: 'typescript', decorators: true },
    transform: { legacyDecorator: true, decoratorMetadata: true },
    target: 'es2022',
  },
  module: { type: 'es6' },
};
