import { choice, named, object, textsByName } from '../../../domain/shared/schema.js';

export const Health = named(
  'Health',
  object({ status: choice(['alive'], 'Always the same.', 'alive') }, 'The process answers.'),
);

export const Readiness = named(
  'Readiness',
  object(
    {
      status: choice(['ready', 'not-ready', 'draining'], 'Ready when every check is `ok`.', 'ready'),
      checks: textsByName('`ok` or what is wrong, by the name of the check.', { 'event-store': 'ok' }),
    },
    'Whether requests should be sent here.',
  ),
);
