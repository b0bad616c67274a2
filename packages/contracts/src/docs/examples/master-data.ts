/** The plant, its line and its product, which all other examples use. */
import type { z } from 'zod';
import { onTheDay, sampleId, stamps, step, wholeList, type Step } from './step.ts';
import { createLine, getLine, listLines, updateLine, type LineRow } from '../../operations/lines.ts';
import {
  createPlant,
  getPlant,
  getShifts,
  listPlants,
  setShifts,
  updatePlant,
  type PlantRow,
  type shiftsView,
} from '../../operations/plants.ts';
import {
  createProduct,
  getProduct,
  listProducts,
  setRate,
  updateProduct,
  type ProductRow,
} from '../../operations/products.ts';
import { getSettings, setSettings, type SettingsRow } from '../../operations/settings.ts';

// ---- the plant and its shifts
export const newPlant: PlantRow = {
  ...stamps,
  id: sampleId(1),
  code: 'AKR',
  name: 'Akron bottling',
  timezone: 'America/New_York',
  address: '1 Canal Street, Akron, Ohio',
  calendars: [],
};
const weekdays = [1, 2, 3, 4, 5];
const calendar = {
  valid_from: null,
  timezone: newPlant.timezone,
  weekly: [
    { name: 'Early', start: '06:00', end: '14:00', breaks: [{ start: '10:00', end: '10:15' }], weekdays },
    { name: 'Late', start: '14:00', end: '22:00', breaks: [], weekdays },
  ],
  exceptions: [{ date: '2026-12-25', shifts: [] }],
};
const shifts: z.infer<typeof shiftsView> = { plant_id: newPlant.id, version: 2, ...calendar, versions: [calendar] };
export const plant: PlantRow = { ...newPlant, version: 3, name: 'Akron bottling works', calendars: [calendar] };

const plantSteps = [
  step(
    createPlant,
    'A plant is added',
    { code: 'AKR', name: 'Akron bottling', timezone: 'America/New_York', address: '1 Canal Street, Akron, Ohio' },
    newPlant,
  ),
  step(
    setShifts,
    'It works two shifts a day from Monday to Friday, and not on Christmas Day',
    {
      id: plant.id,
      weekly: [
        { name: 'Early', start: '06:00', end: '14:00', breaks: [{ start: '10:00', end: '10:15' }], weekdays },
        { name: 'Late', start: '14:00', end: '22:00', weekdays },
      ],
      exceptions: [{ date: '2026-12-25', shifts: [] }],
    },
    shifts,
  ),
  step(getShifts, 'The calendar, as anybody may read it', { id: plant.id }, shifts),
  step(updatePlant, 'Its name is corrected', { id: plant.id, name: 'Akron bottling works' }, plant),
  step(getPlant, 'The plant', { id: plant.id }, plant),
  step(listPlants, 'The plant, found by its code', { code: 'AKR' }, wholeList(plant)),
];

// ---- the line
const firstPrice = {
  valid_from: null,
  hourly_cost: 450,
  ideal_cycle_seconds: 1,
  micro_stop_seconds: 300,
  late_unit_seconds: 120,
  ignore_stop_seconds: 0,
  units_end_stops: true,
  silence_seconds: null,
  state_map: null,
  counter_modulus: null,
  units_per_pulse: 1,
  count_basis: 'good' as const,
};
export const newLine: LineRow = {
  ...stamps,
  id: sampleId(2),
  code: 'FILL-1',
  plant_id: plant.id,
  name: 'Filler 1',
  is_active: true,
  hourly_cost: 450,
  ideal_cycle_seconds: 1,
  target_oee: 0.85,
  micro_stop_seconds: 300,
  late_unit_seconds: 120,
  ignore_stop_seconds: 0,
  units_end_stops: true,
  silence_seconds: null,
  state_map: null,
  counter_modulus: null,
  units_per_pulse: 1,
  count_basis: 'good' as const,
  versions: [firstPrice],
};
export const line: LineRow = {
  ...newLine,
  version: 2,
  hourly_cost: 480,
  versions: [firstPrice, { ...firstPrice, valid_from: onTheDay('05:00'), hourly_cost: 480 }],
};
const lineSteps = [
  step(
    createLine,
    'A line is added to it',
    {
      code: 'FILL-1',
      plant_id: plant.id,
      name: 'Filler 1',
      hourly_cost: 450,
      ideal_cycle_seconds: 1,
      target_oee: 0.85,
    },
    newLine,
  ),
  step(
    updateLine,
    'An hour of it costs more from the second of March on',
    { id: line.id, hourly_cost: 480, valid_from: '2026-03-02T00:00:00-05:00' },
    line,
  ),
  step(getLine, 'The line, with both its prices', { id: line.id }, line),
  step(listLines, 'The lines of the plant', { plant_id: plant.id }, wholeList(line)),
];

// ---- the product
const firstCost = {
  valid_from: null,
  unit_cost: 0.4,
  salvage_value: 0,
  cost_basis: 'full' as const,
  material_cost: 0.25,
};
export const newProduct: ProductRow = {
  ...stamps,
  id: sampleId(3),
  code: 'COLA-05',
  name: 'Cola 0.5 l',
  unit: 'ea',
  units: [{ unit: 'crate', factor: 24 }],
  unit_cost: 0.4,
  salvage_value: 0,
  cost_basis: 'full',
  material_cost: 0.25,
  versions: [firstCost],
  rates: [],
};
const dearerProduct: ProductRow = {
  ...newProduct,
  version: 2,
  unit_cost: 0.42,
  versions: [firstCost, { ...firstCost, valid_from: onTheDay('05:00'), unit_cost: 0.42 }],
};
export const product: ProductRow = {
  ...dearerProduct,
  version: 3,
  rates: [{ line_id: line.id, valid_from: null, ideal_cycle_seconds: 1.2 }],
};
const productSteps = [
  step(
    createProduct,
    'A product is added',
    {
      code: 'COLA-05',
      name: 'Cola 0.5 l',
      units: [{ unit: 'crate', factor: 24 }],
      unit_cost: 0.4,
      material_cost: 0.25,
    },
    newProduct,
  ),
  step(
    updateProduct,
    'A unit costs more from the second of March on',
    { id: product.id, unit_cost: 0.42, valid_from: '2026-03-02T00:00:00-05:00' },
    dearerProduct,
  ),
  step(
    setRate,
    'This line ideally needs 1.2 seconds for a bottle of it',
    { id: product.id, line_id: line.id, ideal_cycle_seconds: 1.2 },
    product,
  ),
  step(getProduct, 'The product, with its costs and rates', { id: product.id }, product),
  step(listProducts, 'The product, found by its code', { code: 'COLA-05' }, wholeList(product)),
];

// ---- settings
export const settings: SettingsRow = { ...stamps, id: sampleId(65), late_after_days: 60 };
const { id, version, updated_at, updated_by, late_after_days } = settings;
const shownSettings = { id, version, updated_at, updated_by, late_after_days };
const settingsSteps = [
  step(
    getSettings,
    'The settings that nobody has changed',
    {},
    { id: null, version: 0, updated_at: null, updated_by: null, late_after_days: 35 },
  ),
  step(setSettings, 'Events may arrive two months late', { late_after_days: 60 }, shownSettings),
];

export const masterDataSteps: readonly Step[] = [...plantSteps, ...lineSteps, ...productSteps, ...settingsSteps];
