/** Money leaks: the ledger of losses, and the OEE that is computed from the same minutes. */
import { z } from 'zod';
import { eventsOf, operationsOf } from '../contract.ts';
import { byId, field, flag, items, listInput, listOutput, rowFields, stored, window, windowFields } from '../fields.ts';
import { id, instant, quantity, text, timeMinutes as minutesUpTo } from '../values.ts';

const { reads, writes } = operationsOf('money-leaks');
const { fact } = eventsOf('money-leaks');

const MOST_DAYS = 366;
const MOST_TIME_MINUTES = MOST_DAYS * 24 * 60;

export const leakCategory = z
  .enum(['scrap_loss', 'downtime_loss', 'speed_loss', 'yield_loss', 'quality_loss', 'changeover_loss', 'startup_loss'])
  .meta({ id: 'LeakCategory' });
export type LeakCategory = z.infer<typeof leakCategory>;
const category = leakCategory.describe('The loss category.');
const occurredFrom = instant.describe('When the loss began; default now.');
const occurredTo = instant.describe('When the loss ended; default occurred_from.');
const isAvoidable = z
  .boolean()
  .describe('Whether the loss could have been avoided; what people say overrules the rule.');
const actionTaken = text.nullable().describe('What was done about it: beside the ledger, not in it.');
const timeMinutes = minutesUpTo(MOST_TIME_MINUTES).describe('Machine time, minutes.');
const sourceType = z
  .enum(['downtime', 'scrap', 'batch', 'manual'])
  .describe('What caused the posting: downtime, scrap, batch, or manual for one made by hand.');
const sourceId = id.describe('UUID of the stop, scrap event, batch or manual posting that caused it.');

/** A number of a row that may be unknown, with the meaning of the field of input. */
const nullableNumber = (of: z.ZodNumber) =>
  z
    .number()
    .nullable()
    .describe(of.description ?? '');
const { version, updated_at, updated_by, ...ledgerFields } = rowFields;
export const moneyLeakRow = z
  .object({
    ...ledgerFields,
    line_id: field.line_id,
    plant_id: field.plant_id,
    batch_id: field.batch_id.nullable(),
    product_id: field.product_id.nullable(),
    category,
    amount_usd: z
      .number()
      .describe(
        'US dollars, 4 decimals: quantity × unit_cost + time_minutes ÷ 60 × hourly_cost. A reversal is negative.',
      ),
    quantity: nullableNumber(field.quantity),
    unit_cost: nullableNumber(field.unit_cost).describe(
      'What a unit costs, US dollars; null: units are not priced. A cost of scrap that was given in another unit has ' +
        'as many decimals as the amount needs.',
    ),
    time_minutes: nullableNumber(timeMinutes),
    hourly_cost: nullableNumber(field.hourly_cost),
    occurred_from: occurredFrom,
    occurred_to: occurredTo,
    business_date: field.business_date,
    is_avoidable: isAvoidable,
    description: stored(field.description).nullable(),
    source_type: sourceType,
    source_id: sourceId,
    cause_event_id: id.describe('UUID of the announcement that made the posting due.'),
    rule: z.string().describe('The rule that posted it, as stop, slow_cycle or yield; manual for one made by hand.'),
    rule_version: z.int().describe('The version of the rules it was posted by.'),
    reverses_id: id.nullable().describe('UUID of the posting that this row reverses; null: it is a posting.'),
    recorded_at: instant.describe('When it was posted.'),
  })
  .meta({ id: 'MoneyLeak' });
export type MoneyLeakRow = z.infer<typeof moneyLeakRow>;

/**
 * A posting as it is answered: with what people have said of it, beside the ledger. Its version counts what they said.
 */
export const moneyLeakView = moneyLeakRow
  .extend({
    action_taken: z
      .string()
      .nullable()
      .describe(actionTaken.description ?? ''),
    version,
    updated_at,
    updated_by,
  })
  .meta({ id: 'MoneyLeakView' });
export type MoneyLeakView = z.infer<typeof moneyLeakView>;

export const recordMoneyLeak = writes({
  name: 'record',
  role: 'engineer',
  summary: 'Record a loss by hand: quantity × unit_cost, minutes ÷ 60 × hourly_cost, or both',
  output: moneyLeakView,
  input: z.strictObject({
    line_id: field.line_id,
    category,
    batch_id: field.batch_id.nullable().default(null),
    product_id: field.product_id.nullable().default(null),
    quantity: quantity.describe('Units of product.').optional(),
    unit_cost: field.unit_cost.optional(),
    time_minutes: timeMinutes.optional(),
    hourly_cost: field.hourly_cost.optional(),
    occurred_from: occurredFrom.optional(),
    occurred_to: occurredTo.optional(),
    is_avoidable: isAvoidable.default(true),
    action_taken: actionTaken.default(null),
    description: field.description.nullable().default(null),
  }),
});
export const setAction = writes({
  name: 'set-action',
  role: 'engineer',
  summary: 'Note whether a loss could have been avoided and what was done about it: beside the ledger, not in it',
  input: z.strictObject({ id: field.id, is_avoidable: isAvoidable.optional(), action_taken: actionTaken.optional() }),
  output: moneyLeakView,
  problems: ['not_found', 'stale_version'],
});
export const getMoneyLeak = reads({
  name: 'get',
  role: 'viewer',
  summary: 'One posting',
  input: byId,
  output: moneyLeakView,
  problems: ['not_found'],
});
export const explainMoneyLeak = reads({
  name: 'explain',
  role: 'viewer',
  summary: 'Where a posting comes from: its cause, its inputs and the arithmetic, recomputed',
  input: byId,
  problems: ['not_found'],
  output: z.object({
    money_leak: moneyLeakView.describe('The posting.'),
    cause: z
      .object({
        event_id: id.describe('UUID of the announcement.'),
        source_type: sourceType,
        source_id: sourceId,
        source: z
          .record(z.string(), z.json())
          .nullable()
          .describe('The row that caused it, as it is known now; null: it is not known.'),
      })
      .describe('What made the posting due.'),
    reversed_by: id.nullable().describe('UUID of the reversal that cancels it; null: it stands.'),
    inputs: z
      .object({
        quantity: z.string().nullable().describe('Units, as decimal text; null: it has none.'),
        unit_cost: z.string().nullable().describe('US dollars a unit, as decimal text; null: units are not priced.'),
        time_minutes: z.string().nullable().describe('Minutes, as decimal text; null: it has none.'),
        hourly_cost: z.string().nullable().describe('US dollars an hour, as decimal text; null: time is not priced.'),
      })
      .describe('What the amount was computed from, decimals as text.'),
    arithmetic: z.string().describe('The computation, written out.'),
    recomputed_amount_usd: z.string().describe('What the computation gives now, US dollars as text.'),
    is_same: z.boolean().describe('Whether recomputed_amount_usd is amount_usd.'),
  }),
});
const asOf = { as_of: instant.describe('Answer as the ledger stood then; default now.').optional() };
const ledgerFilters = { line_id: field.line_id.optional(), plant_id: field.plant_id.optional(), ...windowFields };
export const listMoneyLeaks = reads({
  name: 'list',
  role: 'viewer',
  summary: 'Postings of the ledger',
  output: listOutput(moneyLeakView),
  input: listInput(
    {
      ...ledgerFilters,
      ...asOf,
      source_id: sourceId.optional(),
      batch_id: field.batch_id.optional(),
      product_id: field.product_id.optional(),
      category: category.optional(),
      is_avoidable: flag(isAvoidable).optional(),
    },
    ['occurred_from', 'recorded_at'],
  ),
});

const avoidableTotal = z.number().describe('What of it could have been avoided, US dollars to the cent.');
export const categoryTotal = z
  .object({
    category,
    total: field.total_lost_usd,
    count: z.int().describe('Postings that stand.'),
    percentage: field.percentage,
    avoidable_total: avoidableTotal,
  })
  .meta({ id: 'CategoryTotal' });
const categoryShare = categoryTotal.pick({ category: true, total: true, percentage: true });
export const lineTotal = z
  .object({
    line_id: field.line_id,
    line_name: stored(field.line_name),
    total: field.total_lost_usd,
    percentage: field.percentage,
  })
  .meta({ id: 'LineTotal' });
const BY_CATEGORY = 'Losses by category, the most expensive first.';
const topLines = z.array(lineTotal).describe('The five lines that lost most, the most expensive first.');
export const getByCategory = reads({
  name: 'by-category',
  role: 'viewer',
  summary: "Losses by category; the window defaults to the plant's today",
  output: z.object({ items: items(categoryTotal) }),
  input: z.strictObject({ ...ledgerFilters, ...asOf, product_id: field.product_id.optional() }),
});
export const getMoneyLeakOverview = reads({
  name: 'overview',
  role: 'viewer',
  summary: 'Losses of a period against the one before',
  input: z.strictObject({ ...ledgerFilters, ...asOf, product_id: field.product_id.optional() }),
  output: z.object({
    period_start: instant.describe('Where the period begins, inclusive.'),
    period_end: instant.describe('Where the period ends, exclusive.'),
    total_amount_usd: field.total_amount_usd,
    previous_total_amount_usd: z
      .number()
      .describe('The total of the equally long period right before, US dollars to the cent.'),
    by_category: z.array(categoryTotal).describe(BY_CATEGORY),
    top_lines: topLines,
    by_day: z
      .array(z.object({ business_date: field.business_date, total: field.total_lost_usd }))
      .describe('Losses by business day, the first day first.'),
    avoidable_total: avoidableTotal,
  }),
});
export const getByReason = reads({
  name: 'by-reason',
  role: 'viewer',
  summary:
    'Pareto of stops by reason: unmasked minutes in the window, stops that start in it, their cost; ranked by one of these',
  input: z.strictObject({
    ...ledgerFilters,
    product_id: field.product_id.optional(),
    rank_by: z
      .enum(['minutes', 'count', 'cost_usd'])
      .default('minutes')
      .describe('What the entries are ranked by and their shares are of.'),
  }),
  output: z.object({
    items: items(
      z.object({
        reason_category: field.reason_category,
        reason_code: stored(field.reason_code).nullable(),
        minutes: z
          .number()
          .describe('Time that the stops hold in the window, minutes; where reports overlap, one of them holds it.'),
        count: z.int().describe('Stops that start in the window.'),
        cost_usd: z.number().describe('What the stops have cost in the window, US dollars to the cent.'),
        percentage: field.percentage,
        cumulative_percentage: z
          .number()
          .nullable()
          .describe(
            'Sum of the shares of this entry and all entries before it, percent 0 to 100; null: the total is 0.',
          ),
      }),
    ),
  }),
});

const ALL_GROUPS = 'All groups together.';
const GROUP = 'What the row stands for: the id of a line or product, a day, a shift, a reason; null: none.';
const LABEL = "The group's name, for people.";
const GROUP_BY = 'What to group by; left out: the total alone.';
const reliabilityFigures = {
  failures: z.int().describe('Failures that start in the window.'),
  mtbf_minutes: z
    .number()
    .nullable()
    .describe('Mean time between failures (ISO 22400 MTBF) = APT ÷ failures, minutes; null: nothing failed.'),
  mttr_minutes: z
    .number()
    .nullable()
    .describe('Mean time to repair (ISO 22400 MTTR) of the failures that have ended, minutes; null: none has ended.'),
  mtta_minutes: z.number().nullable().describe('Mean time to acknowledge, minutes; null: none was acknowledged.'),
};
export const getReliability = reads({
  name: 'reliability',
  role: 'viewer',
  summary: 'MTBF, MTTR and MTTA: failures that start in the window, whole',
  input: z.strictObject({
    ...ledgerFilters,
    group_by: z.enum(['line', 'plant', 'reason']).describe(GROUP_BY).optional(),
  }),
  output: z.object({
    items: items(
      z.object({ group: z.string().describe(GROUP), label: z.string().describe(LABEL), ...reliabilityFigures }),
    ),
    total: z.object(reliabilityFigures).describe(ALL_GROUPS),
  }),
});

const minutes = z.number();
const fraction = z.number().nullable();
const pbtMinutes = minutes.describe('Planned busy time (PBT). Minutes.');
export const oee = z
  .object({
    availability: fraction.describe('ISO 22400 availability = APT ÷ PBT, a fraction; null: undefined.'),
    performance: fraction.describe(
      'ISO 22400 effectiveness = Σ PRI × PQ ÷ APT, a fraction, never clamped; null: undefined.',
    ),
    quality: fraction.describe(
      'ISO 22400 quality ratio, weighed by ideal time = Σ PRI × GQ ÷ Σ PRI × PQ, a fraction; null: undefined.',
    ),
    oee: fraction.describe('Overall equipment effectiveness = Σ PRI × GQ ÷ PBT, a fraction; null: undefined.'),
    ooe: fraction.describe('Overall operations effectiveness = Σ PRI × GQ ÷ POT, a fraction; null: undefined.'),
    teep: fraction.describe(
      'Total effective equipment performance = Σ PRI × GQ ÷ calendar time, a fraction; null: undefined.',
    ),
    flags: z
      .array(z.string())
      .describe('What a reader of the figures should know, as unassigned_time or performance_above_1.'),
    terms: z
      .object({
        calendar_minutes: minutes.describe('Calendar time (CT): the window, cut at now. Minutes.'),
        pot_minutes: minutes.describe('Planned operation time (POT): scheduled time less what is excluded. Minutes.'),
        pbt_minutes: pbtMinutes,
        apt_minutes: minutes.describe('Actual production time (APT), micro-stops included. Minutes.'),
        planned_stop_minutes: minutes.describe('Planned down time. Minutes.'),
        unplanned_stop_minutes: minutes.describe(
          'Actual down time (ADOT): unplanned stops that are no micro-stops. Minutes.',
        ),
        changeover_minutes: minutes.describe('Actual unit setup time (AUST). Minutes.'),
        delay_minutes: minutes.describe('Actual delay time (ADET): starved or blocked. Minutes.'),
        ramp_up_minutes: minutes.describe('Stops in the phase startup. Minutes.'),
        micro_stop_minutes: minutes.describe('Micro-stops, part of APT. Minutes.'),
        excluded_minutes: minutes.describe('Excluded stops, outside POT. Minutes.'),
        unassigned_minutes: minutes.describe(
          'Scheduled time of which nothing says whether the line was busy. Minutes.',
        ),
        uncounted_minutes: minutes.describe('Running time of closed batches in which nothing was counted. Minutes.'),
        ideal_minutes_total: minutes.describe('Σ PRI × PQ: what all units would have taken ideally. Minutes.'),
        ideal_minutes_good: minutes.describe('Σ PRI × GQ: what the good units would have taken ideally. Minutes.'),
        total_count: z.number().describe('Produced quantity (ISO 22400 PQ), good and not, in units.'),
        good_count: z.number().describe('Good quantity (ISO 22400 GQ), in units.'),
      })
      .describe('What the figures are divided from; terms of lines and days add up, figures do not.'),
  })
  .meta({ id: 'Oee' });
export const getLineOee = reads({
  name: 'line-oee',
  role: 'viewer',
  summary: "OEE of a line with its terms; the window defaults to the plant's today",
  input: z.strictObject({ id: field.id, ...windowFields }),
  output: oee,
  problems: ['not_found'],
});
export const getOee = reads({
  name: 'oee',
  role: 'viewer',
  summary: 'OEE over lines, rolled up by adding terms',
  output: z.object({
    items: items(
      oee.extend({ group: z.string().nullable().describe(GROUP), label: z.string().nullable().describe(LABEL) }),
    ),
    total: oee.describe(ALL_GROUPS),
  }),
  input: z.strictObject({
    ...ledgerFilters,
    product_id: field.product_id.optional(),
    group_by: z.enum(['line', 'product', 'shift', 'day', 'month']).describe(GROUP_BY).optional(),
  }),
});

export const ladderState = z
  .enum([
    'no_shift',
    'excluded',
    'planned_stop',
    'changeover',
    'ramp_up',
    'stop',
    'delay',
    'micro_stop',
    'running',
    'unassigned',
  ])
  .meta({ id: 'LadderState' });
const part = {
  from: instant.describe('Where the part begins, inclusive.'),
  to: instant.describe('Where the part ends, exclusive.'),
};
export const getTimeline = reads({
  name: 'timeline',
  role: 'viewer',
  summary: "A line's time, one state at each instant; parts of stops that lost to another report are listed as masked",
  problems: ['not_found'],
  input: z.strictObject({ id: field.id, ...windowFields }),
  output: z.object({
    items: items(
      z.object({
        ...part,
        state: ladderState.describe('The one state that the line is in at that time.'),
        downtime_id: field.downtime_id.nullable(),
        reason_category: field.reason_category.nullable(),
        reason_code: stored(field.reason_code).nullable(),
        batch_id: field.batch_id.nullable(),
        product_id: field.product_id.nullable(),
        shift: z.string().nullable().describe('The name of the shift; null: none.'),
        business_date: field.business_date,
      }),
    ),
    masked: z
      .array(z.object({ ...part, downtime_id: field.downtime_id }))
      .describe('Parts of stops that lost their time to another report; they pay nothing.'),
  }),
});

const legs = z.object({
  downtime_loss: minutes.describe('Unplanned stops and delays. Minutes.'),
  changeover_loss: minutes.describe('Changeovers. Minutes.'),
  speed_loss: minutes.describe('Running slower than ideal, and micro-stops. Minutes.'),
  scrap_loss: minutes.describe('Machine time of scrapped units. Minutes.'),
  quality_loss: minutes.describe('Machine time of units that were reworked or downgraded. Minutes.'),
  startup_loss: minutes.describe('Ramp-up, and machine time of units scrapped in it. Minutes.'),
});
export const getReconciliation = reads({
  name: 'reconciliation',
  role: 'viewer',
  summary:
    'The ledger against the rows of production and downtimes, in minutes of each loss; an imbalance means that a fact was lost on the way',
  input: z.strictObject(ledgerFilters),
  output: z.object({
    effective_from: instant.describe(
      'Where the comparison begins: the window widened to whole days, batches and stops.',
    ),
    effective_to: instant.describe('Where the comparison ends, exclusive.'),
    pbt_minutes: pbtMinutes,
    good_minutes: minutes.describe('Ideal time of the good units, minutes.'),
    unposted_minutes: minutes.describe(
      'Busy time whose loss is not due yet, as that of open stops and running batches. Minutes.',
    ),
    source: legs.describe('Minutes of each loss as the rows of production and downtimes give them.'),
    ledger: legs.describe('Minutes of each loss as the ledger holds them.'),
    imbalance_minutes: minutes.describe('The difference between the two, minutes; 0: no fact was lost.'),
  }),
});

export const moneyLeakRecorded = fact('money_leak.recorded', moneyLeakRow, 'A loss was posted');
export const moneyLeakReversed = fact('money_leak.reversed', moneyLeakRow, 'A posting was reversed');

// ---- for the overview
export const lossPeriod = z.enum(['today', 'yesterday', 'shift', '7d', '30d']).meta({ id: 'LossPeriod' });
export const period = lossPeriod.describe(
  'The period the figures are about: today (default), yesterday, shift, 7d or 30d, or from and to.',
);
/** Figures of losses that the overview passes on. */
export const lossFigures = {
  average_oee: z.number().describe('OEE of the period over all lines, percent; null: undefined or not answered.'),
  total_downtime_minutes_today: z
    .number()
    .describe('Unplanned down time of today, minutes: ADOT, ADET and micro-stops.'),
  total_scrap_cost_today: z.number().describe("What today's scrap has cost, US dollars to the cent."),
  by_category: z.array(categoryShare).describe(BY_CATEGORY),
  top_lines: topLines,
};

export const getLossFigures = reads({
  name: 'get-figures',
  internal: true,
  role: 'viewer',
  summary:
    'What the overview shows of losses: OEE and leaks of a period, scrap cost and downtime of today, alerts; each plant in its own days and shifts',
  input: z.strictObject({ ...ledgerFilters, period: period.optional() }),
  output: z.object({
    average_oee: lossFigures.average_oee.nullable(),
    total_downtime_minutes_today: lossFigures.total_downtime_minutes_today,
    total_scrap_cost_today: lossFigures.total_scrap_cost_today,
    total_amount_usd: field.total_amount_usd,
    by_category: lossFigures.by_category,
    top_lines: lossFigures.top_lines,
    period: z.object(window).describe('The window of the period that the figures are about.'),
    scrap_spikes: z
      .array(
        z.object({
          line_id: field.line_id,
          product_id: field.product_id.nullable(),
          hour: instant.describe('Where the clock hour begins.'),
          rejects: z.number().describe('Units rejected in the hour.'),
          made: z.number().describe('Units made in the hour.'),
          value: z.number().describe("The fraction of the hour's units that were rejected."),
          limit: z.number().describe('The fraction of rejects that chance explains at most.'),
        }),
      )
      .describe('Hours with more rejects than chance explains (p-chart, ISO 7870-2).'),
    burn_rates: z
      .array(
        z.object({
          line_id: field.line_id,
          since: instant.describe('Since when.'),
          amount_usd: z.number().describe('What the line has lost since then, US dollars.'),
          usual_usd: z.number().describe('What is usual for as long, US dollars.'),
        }),
      )
      .describe('Lines that lose money much faster than usual.'),
    unplaced_units: z
      .array(
        z.object({
          line_id: field.line_id,
          since: instant.describe("Where the line's day begins."),
          units: z.number().describe('How many units of the day are in no figure.'),
        }),
      )
      .optional()
      .describe('Lines that counted units at a time at which nothing says that they were busy.'),
  }),
});
