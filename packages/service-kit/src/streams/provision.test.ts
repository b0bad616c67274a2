import { expect, test } from '@jest/globals';
import { isAhead } from './provision.ts';

const at = (delivered: number, acknowledged: number) => ({
  delivered: { stream_seq: delivered },
  ack_floor: { stream_seq: acknowledged },
});

test.each([
  ['it delivered messages that the stream lost', at(200, 100), true],
  ['it got acknowledgements of messages that the stream lost', at(100, 200), true],
  ['it has delivered every message', at(150, 150), false],
  ['it is behind', at(100, 90), false],
  ['it has delivered nothing yet', at(0, 0), false],
])('a consumer of a stream that ends at 150, %s: whether it is ahead of the stream', (_what, consumer, ahead) => {
  expect(isAhead(consumer, { last_seq: 150 })).toBe(ahead);
});
