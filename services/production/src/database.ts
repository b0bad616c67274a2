import type { Tables } from '@plantops/persistence';
import { Batch } from './batches/batch.entity.ts';
import { UnitCount } from './counts/unit-count.entity.ts';
import { Line } from './lines/line.entity.ts';
import { migrations } from './migrations/index.ts';
import { Plant } from './plants/plant.entity.ts';
import { Product } from './products/product.entity.ts';
import { ScrapEvent } from './scrap/scrap-event.entity.ts';

export const tables: Tables = { entities: [Plant, Line, Product, Batch, UnitCount, ScrapEvent], migrations };
