/** Records a manual loss: the only row in the ledger without a row of production or downtimes. */
import type { PlantUnderTest } from '@plantops/testing/plant';
import { Fraction } from './fraction.ts';
import type { MasterData } from './master-data.ts';
import type { Posting } from './posting.ts';

const AFTER_MS = 7 * 60_000;

export async function recordByHand(plant: PlantUnderTest, { lines }: MasterData, from: number): Promise<Posting[]> {
  const [line] = lines as [MasterData['lines'][number]];
  const occurred = from + AFTER_MS;
  const { body } = await plant.rest<{ id: string; business_date: string }>('POST', '/money-leaks', {
    line_id: line.id,
    category: 'yield_loss',
    quantity: 3,
    unit_cost: 12.3457,
    occurred_from: new Date(occurred).toISOString(),
    is_avoidable: false,
  });
  const row = {
    line_id: line.id,
    plant_id: line.plant_id,
    source_id: body.id,
    batch_id: null,
    product_id: null,
    businessDate: body.business_date,
  };
  return [
    {
      ...row,
      source_type: 'manual',
      category: 'yield_loss',
      timeMs: Fraction.zero,
      amount: Fraction.of('37.0371'),
      occurred,
      isAvoidable: false,
      isReject: false,
    },
  ];
}
