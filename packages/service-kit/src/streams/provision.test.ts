import { expect, test } from '@jest/globals';
import { isAhead } from './provision.ts';

const at = (delivered: number, acknowledged: number) => ({
  delivered: { stream_seq: delivered },
  ack_floor: { stream_seq: acknowledged },
});

test.each([
  ['what it has delivered is not there any more', at(200, 100), true],
  ['what was acknowledged to it is not there any more', at(100, 200), true],
  ['it has delivered all that is there', at(150, 150), false],
  ['it is behind', at(100, 90), false],
  ['it has delivered nothing yet', at(0, 0), false],
])('of a stream that ends at 150, when %s: whether a consumer is ahead of it', (_what, consumer, ahead) => {
  expect(isAhead(consumer, { last_seq: 150 })).toBe(ahead);
});
