import { expect, test } from '@jest/globals';
import { networkOf } from './network.ts';

test.each([
  ['an IPv4 address is one caller', '203.0.113.7', '203.0.113.7'],
  ['the same address over IPv6 is the same caller', '::ffff:203.0.113.7', '203.0.113.7'],
  ['an IPv6 address counts as its /64', '2001:db8:1:2:3:4:5:6', '2001:db8:1:2::/64'],
  ['zeros left out are zeros', '2001:db8::1', '2001:db8:0:0::/64'],
  ['another spelling is the same network', '2001:0DB8:0000:0000:ffff::', '2001:db8:0:0::/64'],
  ['loopback', '::1', '0:0:0:0::/64'],
  ['a zone does not make another caller', 'fe80::1%eth0', 'fe80:0:0:0::/64'],
  ['text that is no address is cut', `x:${'y'.repeat(100)}`, `x:${'y'.repeat(62)}`],
])('%s', (_what, address, network) => expect(networkOf(address)).toBe(network));
