import { getById } from '@plantops/backbone';
import * as contracts from '@plantops/contracts';
import { ConnectionView } from './connection-view.ts';

export const getConnection = getById(contracts.getConnection, ConnectionView, 'connection');
