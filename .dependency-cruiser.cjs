// The layer rules of docs/architecture.md. scripts/check-architecture.mjs also runs them over planted violations.
const CONTEXT = '^domain/([^/]+)/';
const ADAPTER =
  '^infra/(event-store/(sqlite|eventstoredb)|read-model-store/(sqlite|mongodb)|search-index/(sqlite-fts5|elasticsearch)|key-store/(sqlite|mongodb)|message-bus/(in-process|nats)|payment-provider/(sandbox|stripe)|carrier/table-rate)/';
const OTHER_PORTS =
  '^infra/(carrier|document-store|key-store|lease|message-bus|payment-provider|read-model-store|search-index)/';

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    {
      name: 'no-circular',
      severity: 'error',
      from: {},
      to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } },
    },
    {
      name: 'domain-imports-nothing',
      comment: 'domain is pure: no I/O, no framework, no clock, no randomness (crypto is there to hash)',
      severity: 'error',
      from: { path: '^domain/', pathNot: '\\.spec\\.ts$|/test-support/' },
      to: { pathNot: ['^domain/', '^node_modules/(dinero\\.js|iso-3166)/', '^(node:)?crypto$'] },
    },
    {
      name: 'contexts-meet-at-their-index',
      severity: 'error',
      from: { path: CONTEXT, pathNot: '^domain/shared/' },
      to: {
        path: CONTEXT,
        pathNot: ['^domain/$1/', '^domain/[^/]+/index\\.ts$', '^domain/shared/[^/]+\\.ts$', '/test-support/'],
      },
    },
    {
      name: 'outside-sees-a-context-by-its-index',
      severity: 'error',
      from: { pathNot: '^domain/' },
      to: { path: '^domain/[^/]+/(?!index\\.ts$).+', pathNot: ['^domain/shared/', '/upcasters\\.ts$'] },
    },
    {
      name: 'only-the-composition-root-names-adapters',
      severity: 'error',
      from: { pathNot: ['^infra/(app|cli)/', ADAPTER, '\\.spec\\.ts$', '/test-support/', '^(bench|proof)/'] },
      to: { path: ADAPTER },
    },
    {
      name: 'adapters-do-not-know-each-other',
      severity: 'error',
      from: { path: '^infra/([^/]+)/([^/]+)/', pathNot: ['^infra/(app|cli)/', '\\.spec\\.ts$', '/test-support/'] },
      to: { path: ADAPTER, pathNot: ['^infra/$1/$2/'] },
    },
    {
      name: 'the-event-store-knows-no-other-port',
      comment: 'everything else is derived from the log, which depends on none of it',
      severity: 'error',
      from: { path: '^infra/event-store/', pathNot: '\\.spec\\.ts$|/test-support/' },
      to: { path: OTHER_PORTS },
    },
    {
      name: 'sqlite-files-are-opened-in-one-place',
      comment: 'infra/sqlite opens them: durable as their kind has to be, and refused in words that say what to do',
      severity: 'error',
      from: { pathNot: ['^infra/sqlite/', '\\.spec\\.ts$', '/test-support/', '^(bench|proof)/'] },
      to: { path: '(^|/)node_modules/better-sqlite3/', dependencyTypesNot: ['type-only'] },
    },
    {
      name: 'layers-do-not-import-the-composition-root',
      severity: 'error',
      from: { pathNot: ['^infra/(app|cli)/', '^(bench|proof)/'] },
      to: { path: '^infra/app/' },
    },
    {
      name: 'infra-does-not-import-layers',
      severity: 'error',
      from: { path: '^infra/(?!app/|cli/)', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(write-side|read-api|sagas|projections)/' },
    },
    {
      name: 'the-engine-knows-no-commerce',
      severity: 'error',
      from: { path: '^infra/engine/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^domain/(?!shared/)' },
    },
    {
      name: 'read-api-knows-no-decider',
      severity: 'error',
      from: { path: '^read-api/' },
      to: { path: ['^write-side/', '^sagas/', '^domain/[^/]+/decider'] },
    },
    {
      name: 'projections-know-no-other-layer',
      severity: 'error',
      from: { path: '^projections/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(write-side|read-api|sagas)/' },
    },
    {
      name: 'sagas-know-no-other-layer',
      severity: 'error',
      from: { path: '^sagas/', pathNot: '\\.spec\\.ts$|/test-support/' },
      to: { path: '^(write-side|read-api|projections)/' },
    },
    {
      name: 'write-side-reads-no-read-model',
      severity: 'error',
      from: { path: '^write-side/', pathNot: '\\.spec\\.ts$|/test-support/' },
      to: { path: '^(projections|read-api|sagas)/' },
    },
    {
      name: 'pages-know-the-public-api-alone',
      comment: 'what the console can do, every client can: it uses the OpenAPI document, whose types the build writes',
      severity: 'error',
      from: { path: '^web/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^(domain|write-side|projections|read-api|sagas|infra)/' },
    },
    {
      name: 'layers-know-no-pages',
      severity: 'error',
      from: { path: '^(domain|write-side|projections|read-api|sagas|infra)/' },
      to: { path: '^web/' },
    },
    {
      name: 'no-test-code-in-the-product',
      severity: 'error',
      from: { pathNot: ['\\.(spec|contract)\\.ts$', '/test-support/', '/test-server/', '^(bench|proof)/'] },
      to: { path: ['\\.(spec|contract)\\.ts$', '/test-support/', '/test-server/'] },
    },
    {
      name: 'no-undeclared-packages',
      severity: 'error',
      from: {},
      // The types of the API are written by the build.
      to: {
        dependencyTypes: ['npm-no-pkg', 'npm-unknown', 'unknown', 'undetermined'],
        pathNot: '(^|/)dist/api\\.(js|d\\.ts)$',
      },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '^dist/' },
    tsConfig: { fileName: 'tsconfig.json' },
    tsPreCompilationDeps: true,
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'types', 'node', 'default'] },
  },
};
