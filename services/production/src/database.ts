import type { Tables } from '@plantops/persistence';
import { Batch } from './batches/batch.table.ts';
import { UnitCount } from './counts/unit-count.table.ts';
import { Line } from './lines/line.table.ts';
import { migrations } from './migrations/index.ts';
import { Plant } from './plants/plant.table.ts';
import { Product } from './products/product.table.ts';
import { ScrapEvent } from './scrap/scrap-event.table.ts';
import { Settings } from './settings/settings.table.ts';

export const tables: Tables = { entities: [Plant, Line, Product, Batch, UnitCount, ScrapEvent, Settings], migrations };
