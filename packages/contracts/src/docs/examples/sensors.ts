/** A sensor on the line, and what it measured. */
import { line } from './master-data.ts';
import { onTheDay, sampleId, stamps, step, wholeList, type Step } from './step.ts';
import {
  createSensor,
  getReadings,
  getSensor,
  listSensors,
  logReadings,
  updateSensor,
  type SensorRow,
  type SensorView,
} from '../../operations/sensors.ts';

export const newSensor: SensorRow = {
  ...stamps,
  id: sampleId(50),
  code: 'TEMP-1',
  line_id: line.id,
  line_code: 'FILL-1',
  name: 'Filler temperature',
  unit: '°C',
  kind: 'temperature',
  low_limit: 2,
  high_limit: 8,
  deadband: 0,
  delay_seconds: 0,
};
export const sensor: SensorRow = { ...newSensor, version: 2, high_limit: 7.5 };
const silent = { last_at: null, last_value: null, breached_side: null, breached_since: null };
const measured: SensorView = { ...sensor, ...silent, last_at: onTheDay('11:30'), last_value: 6.9 };

export const sensorSteps: readonly Step[] = [
  step(
    createSensor,
    'A sensor is added to the line',
    {
      code: 'TEMP-1',
      line_id: line.id,
      name: 'Filler temperature',
      unit: '°C',
      kind: 'temperature',
      low_limit: 2,
      high_limit: 8,
    },
    { ...newSensor, ...silent },
  ),
  step(updateSensor, 'Its upper limit is lowered', { id: sensor.id, high_limit: 7.5 }, { ...sensor, ...silent }),
  step(
    logReadings,
    'It was too warm for a while',
    {
      id: sensor.id,
      readings: [
        { at: onTheDay('11:10'), value: 5.2 },
        { at: onTheDay('11:20'), value: 8.1 },
        { at: onTheDay('11:30'), value: 6.9 },
      ],
    },
    { stored: 3, known: 0 },
  ),
  step(getSensor, 'The sensor, with its newest reading', { id: sensor.id }, measured),
  step(listSensors, 'The sensors of the line', { line_id: line.id }, wholeList(measured)),
  step(
    getReadings,
    'The readings of an hour, at most one point a minute',
    { id: sensor.id, from: onTheDay('11:00'), to: onTheDay('12:00'), points: 60 },
    {
      sensor_id: sensor.id,
      unit: '°C',
      from: onTheDay('11:00'),
      to: onTheDay('12:00'),
      bucket_seconds: 60,
      items: [
        { at: onTheDay('11:10'), min: 5.2, avg: 5.2, max: 5.2, count: 1 },
        { at: onTheDay('11:20'), min: 8.1, avg: 8.1, max: 8.1, count: 1 },
        { at: onTheDay('11:30'), min: 6.9, avg: 6.9, max: 6.9, count: 1 },
      ],
    },
  ),
];
