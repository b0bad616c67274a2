/** The plant of the demo, as it is created over REST. */
export const plant = {
  code: 'akron-1',
  name: 'Akron Bottling',
  timezone: 'America/New_York',
  address: 'Akron, Ohio',
} as const;

export const products = [
  { code: 'COLA-330', name: 'Cola 330 ml', unit: 'bottle', unit_cost: 0.38, salvage_value: 0.02 },
  { code: 'WATER-500', name: 'Water 500 ml', unit: 'bottle', unit_cost: 0.21, salvage_value: 0.02 },
  { code: 'COLA-330-X12', name: 'Cola 330 ml, case of 12', unit: 'case', unit_cost: 5.1, salvage_value: 1.4 },
] as const;

const bottles = ['COLA-330', 'WATER-500'] as const;
/** Each line with its products. Stops shorter than a minute are micro-stops. */
export const lines = [
  {
    code: 'FILL-1',
    name: 'Filler 1',
    hourly_cost: 420,
    ideal_cycle_seconds: 0.5,
    micro_stop_seconds: 60,
    target_oee: 0.8,
    makes: bottles,
  },
  {
    code: 'LABEL-1',
    name: 'Labeller 1',
    hourly_cost: 180,
    ideal_cycle_seconds: 0.6,
    micro_stop_seconds: 60,
    target_oee: 0.8,
    makes: bottles,
  },
  {
    code: 'PACK-1',
    name: 'Case packer 1',
    hourly_cost: 260,
    ideal_cycle_seconds: 6,
    micro_stop_seconds: 60,
    target_oee: 0.75,
    makes: ['COLA-330-X12'],
  },
] as const;
