import { Clients } from './client-address.js';

const from = (remoteAddress: string, forwarded?: string | string[]) => ({
  socket: { remoteAddress },
  headers: forwarded === undefined ? {} : { 'x-forwarded-for': forwarded as string },
});

describe('the client of a request', () => {
  const nobody = new Clients([]);
  const proxied = new Clients(['10.0.0.0/8', '192.0.2.1', 'fd00::/8']);

  it('is the peer of its connection, whatever it says of itself, where no proxy is trusted', () => {
    expect(nobody.of(from('203.0.113.7'))).toBe('203.0.113.7');
    expect(nobody.of(from('203.0.113.7', '1.2.3.4'))).toBe('203.0.113.7');
    expect(nobody.of(from('127.0.0.1', '1.2.3.4'))).toBe('127.0.0.1');
  });

  it('is one, whether its IPv4 address came as such or as IPv6', () => {
    for (const peer of ['::ffff:203.0.113.7', '::FFFF:cb00:7107', '0:0:0:0:0:ffff:203.0.113.7']) {
      expect(nobody.of(from(peer))).toBe('203.0.113.7');
    }
    expect(proxied.of(from('::ffff:10.1.2.3', '203.0.113.7'))).toBe('203.0.113.7');
  });

  it.each([
    ['2001:db8:1:2::1', '2001:db8:1:2::/64'],
    ['2001:db8:1:2:ffff:ffff:ffff:ffff', '2001:db8:1:2::/64'],
    ['2001:0DB8:0001:0002::1', '2001:db8:1:2::/64'],
    ['2001:db8:1:3::1', '2001:db8:1:3::/64'],
    ['2001:db8::1', '2001:db8:0:0::/64'],
    ['::1', '0:0:0:0::/64'],
    ['1::8', '1:0:0:0::/64'],
    ['64:ff9b::203.0.113.7', '64:ff9b:0:0::/64'],
    ['fe80::1%eth0', 'fe80:0:0:0::/64'],
  ])('at %s is %s', (peer, client) => {
    expect(nobody.of(from(peer))).toBe(client);
    expect(proxied.of(from('10.0.0.1', peer))).toBe(client);
  });

  it('is the last address before the proxies that are trusted, which is the one that they heard', () => {
    expect(proxied.of(from('10.0.0.1', '203.0.113.7'))).toBe('203.0.113.7');
    expect(proxied.of(from('10.0.0.1', '6.6.6.6, 203.0.113.7'))).toBe('203.0.113.7');
    expect(proxied.of(from('10.0.0.1', '6.6.6.6, 203.0.113.7, 192.0.2.1, fd00::5'))).toBe('203.0.113.7');
    expect(proxied.of(from('10.0.0.1', ['6.6.6.6', '203.0.113.7']))).toBe('203.0.113.7');
    expect(proxied.of(from('192.0.2.2', '203.0.113.7'))).toBe('192.0.2.2');
  });

  it('is the first of them where all of them are trusted', () => {
    expect(proxied.of(from('10.0.0.1', '10.0.0.9, 10.0.0.8'))).toBe('10.0.0.9');
    expect(proxied.of(from('10.0.0.1'))).toBe('10.0.0.1');
  });

  it('has no port', () => {
    expect(proxied.of(from('10.0.0.1', '203.0.113.7:4711'))).toBe('203.0.113.7');
    expect(proxied.of(from('10.0.0.1', '[2001:db8:1:2::1]:4711'))).toBe('2001:db8:1:2::/64');
  });

  it.each(['unknown', '', '203.0.113.7, _hidden', '203.0.113.7, 999.1.1.1', '203.0.113.7,'])(
    'is the proxy itself where that says %p',
    (forwarded) => expect(proxied.of(from('10.0.0.1', forwarded))).toBe('10.0.0.1'),
  );
});
