import { assertSupported } from './server-version.js';

test.each(['23.10.0', '24.6.0', '24.2.0.1234', '25.0.1-rc.1', '0.0.0.0', 'built-by-hand'])(
  'a server of version %s is taken',
  (version) => expect(() => assertSupported(version)).not.toThrow(),
);

test.each(['unknown', '5.0.11', '21.10.0', '22.10.5', '23.6.0'])('a server of version %s is refused', (version) =>
  expect(() => assertSupported(version)).toThrow('23.10 or newer is needed'),
);
