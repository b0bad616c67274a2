import { expect, test } from '@jest/globals';
import { readSettings } from './settings.ts';

test('services run in a process each, unless one process for all of them is asked for', () => {
  expect(readSettings({}).PLANTOPS_PROCESSES).toBe('each');
  expect(readSettings({ PLANTOPS_PROCESSES: 'one' }).PLANTOPS_PROCESSES).toBe('one');
});

test('another number of processes is refused, with the values that there are', () => {
  expect(() => readSettings({ PLANTOPS_PROCESSES: '2' })).toThrow('PLANTOPS_PROCESSES: must be "each" or "one"');
});
