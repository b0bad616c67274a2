import { describe, expect, test } from '@jest/globals';
import type { RawMetric, SparkplugPayload } from './payload.ts';
import { addressOf, commandTopic, hear, topicOf, UNKNOWN, type Node } from './sparkplug.rules.ts';

const raw = (fields: Partial<RawMetric>): RawMetric => ({
  name: null,
  alias: null,
  datatype: null,
  value: null,
  timestamp: null,
  is_historical: false,
  ...fields,
});
const payload = (seq: number | null, ...metrics: RawMetric[]): SparkplugPayload => ({ timestamp: 1_000, seq, metrics });
const to = (type: string, device?: string) =>
  addressOf(['spBv1.0', 'G', type, 'N', ...(device === undefined ? [] : [device])].join('/')) as NonNullable<
    ReturnType<typeof addressOf>
  >;
const birthSeq = (value: bigint) => raw({ name: 'bdSeq', value });
/** A node with a device, both born, after message 1. */
const born = (): Node => {
  const { node } = hear(UNKNOWN, to('NBIRTH'), payload(0, birthSeq(4n)));
  const names = [
    raw({ name: 'Good', alias: '7', datatype: 8, value: 10n }),
    raw({ name: 'Temperature', alias: '8', datatype: 1, value: 251n }),
  ];
  return hear(node, to('DBIRTH', 'D'), payload(1, ...names)).node;
};

test.each([
  ['spBv1.0/G/NDATA/N', { type: 'NDATA', node: 'G/N', device: null }],
  ['spBv1.0/G/DDATA/N/D', { type: 'DDATA', node: 'G/N', device: 'D' }],
  ['spBv1.0/G/NCMD/N', undefined],
  ['spBv1.0/STATE/host', undefined],
  ['spBv1.0/G/NDATA/N/D', undefined],
  ['spBv1.0/G/DDATA/N', undefined],
  ['spBv1.0/G/DDATA/N/D/more', undefined],
  ['spAv1.0/G/NDATA/N', undefined],
])('the topic %s is read', (topic, address) => {
  expect(addressOf(topic)).toEqual(address);
});

test('the topics of a node', () => {
  expect([commandTopic('G/N'), topicOf('G/N', null), topicOf('G/N', 'D')]).toEqual([
    'spBv1.0/G/NCMD/N',
    'spBv1.0/G/NDATA/N',
    'spBv1.0/G/DDATA/N/D',
  ]);
});

describe('data of a device', () => {
  test('by alias alone has the name, the type and the sign that the birth said', () => {
    const data = payload(2, raw({ alias: '7', value: 12n }), raw({ alias: '8', value: 255n, timestamp: 5 }));
    expect(hear(born(), to('DDATA', 'D'), data)).toMatchObject({
      metrics: [
        { name: 'Good', value: 12, timestamp: 1_000, is_birth: false },
        { name: 'Temperature', value: -1, timestamp: 5 },
      ],
      rebirth: undefined,
      reasons: [],
      node: { seq: 2 },
    });
  });

  test('by name alone has the type that the birth said', () => {
    const data = payload(2, raw({ name: 'Temperature', value: 255n }));
    expect(hear(born(), to('DDATA', 'D'), data).metrics).toMatchObject([{ name: 'Temperature', value: -1 }]);
  });

  test('after a gap is read, and the node is asked for its births', () => {
    const heard = hear(born(), to('DDATA', 'D'), payload(4, raw({ alias: '7', value: 12n })));
    expect(heard).toMatchObject({ metrics: [{ value: 12 }], rebirth: expect.stringMatching(/1 was followed by 4/) });
    // The next one follows: it is no gap.
    expect(hear(heard.node, to('DDATA', 'D'), payload(5)).rebirth).toBeUndefined();
  });

  test('counts from 0 again after 255', () => {
    expect(hear({ ...born(), seq: 255 }, to('DDATA', 'D'), payload(0)).rebirth).toBeUndefined();
    expect(hear({ ...born(), seq: 254 }, to('DDATA', 'D'), payload(0)).rebirth).toBeDefined();
  });

  test.each([
    ['whose node is not known', UNKNOWN, 'D'],
    ['that is not born', born(), 'E'],
    ['that died', hear(born(), to('DDEATH', 'D'), payload(2)).node, 'D'],
  ])('%s cannot be read: births are asked for', (_what, node, device) => {
    const heard = hear(node, to('DDATA', device), payload(3, raw({ alias: '7', value: 12n })));
    expect(heard).toMatchObject({ metrics: [], rebirth: expect.any(String), reasons: [expect.any(String)] });
  });

  test('with an alias that no birth named cannot be read: births are asked for', () => {
    const heard = hear(born(), to('DDATA', 'D'), payload(2, raw({ alias: '99', value: 1n })));
    expect(heard).toMatchObject({
      metrics: [],
      rebirth: expect.any(String),
      reasons: [expect.stringMatching(/alias 99/)],
    });
  });
});

describe('a death', () => {
  test('of a device reports the device, once', () => {
    const dead = hear(born(), to('DDEATH', 'D'), payload(2));
    expect(dead.reports).toEqual([{ device: 'D', isOnline: false, reason: 'DDEATH' }]);
    expect(hear(dead.node, to('DDEATH', 'D'), payload(3)).reports).toEqual([]);
    expect(hear(dead.node, to('DBIRTH', 'D'), payload(3)).reports).toEqual([
      { device: 'D', isOnline: true, reason: 'DBIRTH' },
    ]);
  });

  test('of a node reports the node and each of its devices', () => {
    const { reports, node } = hear(born(), to('NDEATH'), payload(null, birthSeq(4n)));
    expect(reports.map(({ device, isOnline }) => [device, isOnline])).toEqual([
      [null, false],
      ['D', false],
    ]);
    expect(hear(node, to('NDEATH'), payload(null, birthSeq(4n))).reports).toEqual([]);
  });

  test('of a session before the last birth says nothing', () => {
    expect(hear(born(), to('NDEATH'), payload(null, birthSeq(3n)))).toMatchObject({
      reports: [],
      node: { isOnline: true },
    });
  });
});

test('births that a node was asked for report nothing: neither it nor its devices were away', () => {
  const again = hear(born(), to('NBIRTH'), payload(0, birthSeq(5n)));
  expect(again.reports).toEqual([]);
  expect(again.node).toMatchObject({ seq: 0, birthSeq: 5, isOnline: true, devices: { D: true } });
  expect(hear(again.node, to('DBIRTH', 'D'), payload(1)).reports).toEqual([]);
});
