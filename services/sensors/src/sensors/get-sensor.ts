import { getById } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { SensorView } from './sensor-view.ts';

export const getSensor = getById(contracts.getSensor, SensorView, 'sensor');
