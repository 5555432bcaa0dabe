// Which specs CI runs a second time, on other stores than the default, and which of their tests it leaves out there.

/** End-to-end specs that are run a second time on the real servers: those in which the stores decide what happens. */
export const ON_SERVERS = ['crash', 'etags', 'race', 'rebuild', 'traces'].map(
  (name) => `infra/app/e2e/${name}.spec.ts`,
);

/** Specs that are run once more on a MongoDB that knows users and writes to a disk: the suites of its two ports, and engines. */
export const ON_USERS_AND_DISK = [
  'infra/app/e2e/privacy.spec.ts',
  'infra/app/e2e/purchase.spec.ts',
  'infra/key-store/mongodb/mongo-key-store.spec.ts',
  'infra/read-model-store/mongodb/mongo-read-model-store.spec.ts',
];

/**
 * Tests of these specs in which the stores decide nothing that another test there does not ask of them: what the engine answers by
 * itself, and further races for one stream. Parts of their titles.
 */
const NOT_AGAIN = [
  'gives a coupon of ten uses to exactly ten of a hundred shoppers',
  'spends no more than a gift card has',
  'webhook settles goes on in the same trace',
  'a client that does not want its request recorded',
  'tell analysts nothing of the person and no cart',
  'is counted for the channel in which it was sold',
  'ends within half a minute as its means of payment says',
  'whose money cannot be taken when it ships',
];

/** What leaves them out of a run of the specs above. */
export const LEFT_OUT = `--testNamePattern=^(?!.*(?:${NOT_AGAIN.join('|')}))`;
