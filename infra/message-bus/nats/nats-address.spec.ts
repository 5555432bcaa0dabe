import { parseNatsUrl } from './nats-address.js';

describe('a NATS URL', () => {
  it.each([
    ['nats://bus.example:4222', { servers: ['bus.example:4222'] }],
    ['nats://bus.example/shop-a', { servers: ['bus.example'] }],
    ['nats://bus.example', { servers: ['bus.example'] }],
    ['nats://[::1]:4222/', { servers: ['[::1]:4222'] }],
    ['nats://ada:p%40ss%3A1@bus.example:4222', { servers: ['bus.example:4222'], user: 'ada', pass: 'p@ss:1' }],
    ['nats://s3cr%2Fet@bus.example', { servers: ['bus.example'], token: 's3cr/et' }],
    ['tls://a.example:4222,b.example:4223', { servers: ['a.example:4222', 'b.example:4223'], tls: {} }],
    ['tls://ada:pw@a.example', { servers: ['a.example'], user: 'ada', pass: 'pw', tls: {} }],
  ])('%s names servers, credentials and whether TLS is a must', (url, address) => {
    expect(parseNatsUrl(url)).toEqual(address);
  });

  it.each(['nats://', 'http://bus.example', 'nats:bus', 'nats://ada:secret@', 'nats://a/b/c'])(
    '%s is refused, without its credentials being told',
    (url) => {
      expect(() => parseNatsUrl(url)).toThrow(/^not a URL such as nats:\/\/user:password@host:4222$/);
    },
  );
});
