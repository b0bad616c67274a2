/**
 * Three plants with four lines. The played hour contains everything that can cut time: shift edges, breaks, time
 * without a shift, a change of the calendar, and a local midnight.
 */
import type { PlantUnderTest } from '@plantops/testing/plant';

export const HOUR_MS = 3_600_000;
const MINUTE = 60_000;
export type Style = 'stops' | 'states';
export type AuditedLine = {
  readonly id: string;
  readonly code: string;
  readonly plant_id: string;
  readonly style: Style;
  readonly isLoose: boolean;
};
export type MasterData = {
  readonly lines: readonly AuditedLine[];
  readonly products: readonly { id: string; code: string }[];
  readonly plants: readonly string[];
};

/** The zone in which this full hour is midnight. */
function zoneOfMidnightAt(at: number): string {
  const east = (24 - new Date(at).getUTCHours()) % 24;
  const offset = east > 12 ? east - 24 : east;
  return offset === 0 ? 'UTC' : `Etc/GMT${offset > 0 ? '-' : '+'}${Math.abs(offset)}`;
}

/** The local time of an instant in a zone: HH:MM. */
const localTimeIn = (timeZone: string) => (at: number) =>
  new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }).format(at);

export const REASONS = [
  { code: 'JAM', name: 'Jam', category: 'mechanical' },
  { code: 'BELT', name: 'Belt, worn by use', category: 'mechanical', is_failure: false },
  { code: 'PLC', name: 'Controls', category: 'controls' },
  { code: 'CIP', name: 'Cleaning in place', category: 'cleaning', is_planned: true },
  { code: 'AUDIT', name: 'Out of service', category: 'maintenance', is_excluded: true },
  { code: 'POWER', name: 'Power cut', category: 'utilities' },
  { code: 'STORM', name: 'No trucks', category: 'no_material', is_unavoidable: true },
];

/** Every day of the week has these shifts. */
const weekdays = [1, 2, 3, 4, 5, 6, 7];

export async function makeMasterData(plant: PlantUnderTest, from: number): Promise<MasterData> {
  const post = async (path: string, body: object) => {
    const { status, body: row } = await plant.rest<{ id: string; code: string; plant_id: string }>('POST', path, body);
    if (status !== 201) throw new Error(`POST ${path}: ${status} ${JSON.stringify(row)}`);
    return row;
  };
  const put = async (path: string, body: object) => {
    const { status, body: row } = await plant.rest('PUT', path, body);
    if (status !== 200) throw new Error(`PUT ${path}: ${status} ${JSON.stringify(row)}`);
  };
  const midnight = Math.ceil((from + 1) / HOUR_MS) * HOUR_MS;
  const east = 'Asia/Kathmandu';
  const there = zoneOfMidnightAt(midnight);
  const [a, b, c] = [
    await post('/plants', { code: 'A', name: 'By the calendar', timezone: east }),
    await post('/plants', { code: 'B', name: 'Round the clock', timezone: there }),
    await post('/plants', { code: 'C', name: 'Over midnight', timezone: there }),
  ] as const;
  await put('/downtime-reasons', { items: REASONS });

  const localTime = localTimeIn(east);
  const minute = (after: number) => localTime(from + after * MINUTE);
  const early = { name: 'early', start: minute(-90), end: minute(27), weekdays };
  const late = { name: 'late', start: minute(30), end: minute(210), weekdays };
  await put(`/plants/${a.id}/shifts`, {
    weekly: [
      { ...early, breaks: [{ start: minute(11), end: minute(14) }] },
      { ...late, breaks: [{ start: minute(44), end: minute(47) }] },
    ],
  });
  const edge = midnight - from < HOUR_MS / 2 ? midnight + 20 * MINUTE : midnight - 20 * MINUTE;
  const pause = [{ start: localTimeIn(there)(midnight - MINUTE), end: localTimeIn(there)(midnight + 2 * MINUTE) }];
  const timeThere = localTimeIn(there);
  await put(`/plants/${c.id}/shifts`, {
    weekly: [
      {
        name: 'night',
        start: timeThere(from - HOUR_MS),
        end: timeThere(edge),
        breaks: edge > midnight ? pause : [],
        weekdays,
      },
      {
        name: 'day',
        start: timeThere(edge),
        end: timeThere(from + 4 * HOUR_MS),
        breaks: edge < midnight ? pause : [],
        weekdays,
      },
    ],
  });

  const products = [
    await post('/products', { code: 'FULL', name: 'Full cost', unit_cost: 4.37, salvage_value: 0.52 }),
    await post('/products', {
      code: 'MATERIAL',
      name: 'Material cost',
      unit_cost: 1.23,
      salvage_value: 0.2,
      cost_basis: 'material',
      material_cost: 0.71,
    }),
    await post('/products', { code: 'PLAIN', name: 'Without a rate', unit_cost: 0.3333 }),
  ];
  const lineOf = async (
    code: string,
    plant_id: string,
    style: Style,
    price: object,
    isLoose = false,
  ): Promise<AuditedLine> => ({
    ...(await post('/lines', { code, name: `Line ${code}`, plant_id, ...price })),
    style,
    isLoose,
  });
  const lines = [
    await lineOf('A1', a.id, 'stops', { hourly_cost: 450, ideal_cycle_seconds: 1.7, micro_stop_seconds: 45 }),
    await lineOf('A2', a.id, 'states', { hourly_cost: 313.37, ideal_cycle_seconds: 2, micro_stop_seconds: 60 }),
    await lineOf('B1', b.id, 'stops', { hourly_cost: 120.0001, ideal_cycle_seconds: 1.333333, micro_stop_seconds: 30 }),
    await lineOf(
      'C1',
      c.id,
      'states',
      { hourly_cost: 777.77, ideal_cycle_seconds: 2.5, micro_stop_seconds: 90, count_basis: 'gross' },
      true,
    ),
  ];
  const [full, material] = products as unknown as [{ id: string }, { id: string }];
  await put(`/products/${full.id}/rates/${lines[0]?.id}`, { ideal_cycle_seconds: 1.55 });
  await put(`/products/${material.id}/rates/${lines[2]?.id}`, { ideal_cycle_seconds: 1.25 });
  await put(`/products/${material.id}/rates/${lines[3]?.id}`, { ideal_cycle_seconds: 2.2 });
  return { lines, products, plants: [a.id, b.id, c.id] };
}
