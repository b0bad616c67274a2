/** Generated from the OpenAPI document by the script `generate`: change the contracts instead. */

export interface paths {
  '/api/v1/plant-ops/api-keys': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * API keys, without the keys themselves
     * @description Least role: `admin`.
     */
    get: operations['gatewayListApiKeys'];
    put?: never;
    /**
     * Make an API key. The answer holds the key itself once: a repeated answer to the same Idempotency-Key leaves it out
     * @description Least role: `admin`.
     */
    post: operations['gatewayCreateApiKey'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/api-keys/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Revoke an API key for good. Within a second it is refused everywhere
     * @description Least role: `admin`.
     */
    delete: operations['gatewayRevokeApiKey'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/batches': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Batches
     * @description Least role: `viewer`.
     */
    get: operations['productionListBatches'];
    put?: never;
    /**
     * Plan a batch on a line
     * @description Least role: `operator`.
     */
    post: operations['productionPlanBatch'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/batches/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One batch
     * @description Least role: `viewer`.
     */
    get: operations['productionGetBatch'];
    /**
     * Change the fields named: the plan before the start, times and totals after it, also of a completed batch
     * @description Least role: `operator`.
     */
    put: operations['productionUpdateBatch'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change the fields named: the plan before the start, times and totals after it, also of a completed batch
     * @description Least role: `operator`.
     */
    patch: operations['productionUpdateBatchBypatch'];
    trace?: never;
  };
  '/api/v1/plant-ops/batches/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Cancel a batch that is not completed
     * @description Least role: `operator`.
     */
    put: operations['productionCancelBatch'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/batches/{id}/complete': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Complete a running or paused batch with its totals
     * @description Least role: `operator`.
     */
    put: operations['productionCompleteBatch'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/batches/{id}/counts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Counts of a batch
     * @description Least role: `viewer`.
     */
    get: operations['productionListCounts'];
    put?: never;
    /**
     * Log units made in a batch since the last count
     * @description Least role: `operator`.
     */
    post: operations['productionLogCount'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/batches/{id}/counts/{count_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Void a count, with a reason
     * @description Least role: `operator`.
     */
    delete: operations['productionVoidCount'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/batches/{id}/pause': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Pause a running batch: it has the line again when it is resumed
     * @description Least role: `operator`.
     */
    put: operations['productionPauseBatch'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/batches/{id}/resume': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Resume a paused or interrupted batch
     * @description Least role: `operator`.
     */
    put: operations['productionResumeBatch'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/batches/{id}/start': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Start a planned batch
     * @description Least role: `operator`.
     */
    put: operations['productionStartBatch'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/connections': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Connections
     * @description Least role: `viewer`.
     */
    get: operations['connectListConnections'];
    put?: never;
    /**
     * Add a connection to a broker
     * @description Least role: `engineer`.
     */
    post: operations['connectCreateConnection'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/connections/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One connection, and whether it is connected
     * @description Least role: `viewer`.
     */
    get: operations['connectGetConnection'];
    /**
     * Change the fields named; it is connected again with them
     * @description Least role: `engineer`.
     */
    put: operations['connectUpdateConnection'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change the fields named; it is connected again with them
     * @description Least role: `engineer`.
     */
    patch: operations['connectUpdateConnectionBypatch'];
    trace?: never;
  };
  '/api/v1/plant-ops/connections/{id}/dry-run': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * The last message of each topic, and what it becomes by a mapping, or by those in force; nothing is sent
     * @description Least role: `engineer`.
     */
    post: operations['connectDryRun'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/connections/rejections': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Line events that could not be applied, with the reason
     * @description Least role: `engineer`.
     */
    get: operations['connectListRejections'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/dead-letters': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Dead letters, newest first
     * @description Least role: `admin`.
     */
    get: operations['productionListDeadLetters'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/dead-letters/{id}/replay': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Replay a dead letter: apply its message again
     * @description Least role: `admin`.
     */
    post: operations['productionReplayDeadLetter'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/downtime-reasons': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The tenant's reasons for stops
     * @description Least role: `viewer`.
     */
    get: operations['downtimesListReasons'];
    /**
     * Set the whole reason tree; a reason that is left out is retired, not deleted. Stops keep what their reason meant when it was given
     * @description Least role: `operator`.
     */
    put: operations['downtimesSetReasons'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/downtimes': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Downtimes
     * @description Least role: `viewer`.
     */
    get: operations['downtimesList'];
    put?: never;
    /**
     * Record a stop: open, or complete with its end_time
     * @description Least role: `operator`.
     */
    post: operations['downtimesStart'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/downtimes/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One downtime
     * @description Least role: `viewer`.
     */
    get: operations['downtimesGet'];
    /**
     * Correct a stop, also after its end
     * @description Least role: `operator`.
     */
    put: operations['downtimesAmend'];
    post?: never;
    /**
     * Void a stop, with a reason
     * @description Least role: `operator`.
     */
    delete: operations['downtimesVoid'];
    options?: never;
    head?: never;
    /**
     * Correct a stop, also after its end
     * @description Least role: `operator`.
     */
    patch: operations['downtimesAmendBypatch'];
    trace?: never;
  };
  '/api/v1/plant-ops/downtimes/{id}/acknowledge': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Acknowledge a stop: somebody works on it
     * @description Least role: `operator`.
     */
    put: operations['downtimesAcknowledge'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/downtimes/{id}/end': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * End an open stop
     * @description Least role: `operator`.
     */
    put: operations['downtimesEnd'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/downtimes/{id}/split': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Split an ended stop in two at an instant. The second part gets the fields named; thresholds and failures count both as one stop
     * @description Least role: `operator`.
     */
    post: operations['downtimesSplit'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/downtimes/by-reason': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Pareto of stops by reason: unmasked minutes in the window, stops that start in it, their cost; ranked by one of these
     * @description Least role: `viewer`.
     */
    get: operations['moneyLeaksByReason'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/downtimes/reliability': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * MTBF, MTTR and MTTA: failures that start in the window, whole
     * @description Least role: `viewer`.
     */
    get: operations['moneyLeaksReliability'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/history/{resource}/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Who changed a row, what and when, as it was announced
     * @description Least role: `viewer`.
     */
    get: operations['productionListHistory'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/ingest/rejections': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Line events that could not be applied, with the reason
     * @description Least role: `engineer`.
     */
    get: operations['productionListRejections'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/ingest/waiting': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Line events and readings that cannot be applied yet, and why
     * @description Least role: `engineer`.
     */
    get: operations['productionListWaiting'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/ingest/waiting/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Discard a line event that waits: the same event sent again does nothing
     * @description Least role: `engineer`.
     */
    delete: operations['productionDiscardWaiting'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/ingest/waiting/{id}/release': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Release a line event that waits: apply it now
     * @description Least role: `engineer`.
     */
    post: operations['productionReleaseWaiting'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/ingest/waiting/release': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * Release all that wait, match the filters and can be released
     * @description Least role: `engineer`.
     */
    post: operations['productionReleaseAllWaiting'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/lines': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Lines
     * @description Least role: `viewer`.
     */
    get: operations['productionListLines'];
    put?: never;
    /**
     * Add a line
     * @description Least role: `engineer`.
     */
    post: operations['productionCreateLine'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/lines/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One line
     * @description Least role: `viewer`.
     */
    get: operations['productionGetLine'];
    /**
     * Change the fields named; costs, cycle, threshold, times and counting from valid_from on (default now)
     * @description Least role: `engineer`.
     */
    put: operations['productionUpdateLine'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change the fields named; costs, cycle, threshold, times and counting from valid_from on (default now)
     * @description Least role: `engineer`.
     */
    patch: operations['productionUpdateLineBypatch'];
    trace?: never;
  };
  '/api/v1/plant-ops/lines/{id}/oee': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * OEE of a line with its terms; the window defaults to the plant's today
     * @description Least role: `viewer`.
     */
    get: operations['moneyLeaksLineOee'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/lines/{id}/timeline': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A line's time, one state at each instant; parts of stops that lost to another report are listed as masked
     * @description Least role: `viewer`.
     */
    get: operations['moneyLeaksTimeline'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/mappings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Mappings
     * @description Least role: `viewer`.
     */
    get: operations['connectListMappings'];
    put?: never;
    /**
     * Add a mapping of messages to line events
     * @description Least role: `engineer`.
     */
    post: operations['connectCreateMapping'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/mappings/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One mapping
     * @description Least role: `viewer`.
     */
    get: operations['connectGetMapping'];
    /**
     * Change the fields named; messages that come from now on are mapped so
     * @description Least role: `engineer`.
     */
    put: operations['connectUpdateMapping'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change the fields named; messages that come from now on are mapped so
     * @description Least role: `engineer`.
     */
    patch: operations['connectUpdateMappingBypatch'];
    trace?: never;
  };
  '/api/v1/plant-ops/money-leaks': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Postings of the ledger
     * @description Least role: `viewer`.
     */
    get: operations['moneyLeaksList'];
    put?: never;
    /**
     * Record a loss by hand: quantity × unit_cost, minutes ÷ 60 × hourly_cost, or both
     * @description Least role: `engineer`.
     */
    post: operations['moneyLeaksRecord'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/money-leaks/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One posting
     * @description Least role: `viewer`.
     */
    get: operations['moneyLeaksGet'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/money-leaks/{id}/action': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Note whether a loss could have been avoided and what was done about it: beside the ledger, not in it
     * @description Least role: `engineer`.
     */
    put: operations['moneyLeaksSetAction'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/money-leaks/{id}/explain': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Where a posting comes from: its cause, its inputs and the arithmetic, recomputed
     * @description Least role: `viewer`.
     */
    get: operations['moneyLeaksExplain'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/money-leaks/by-category': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Losses by category; the window defaults to the plant's today
     * @description Least role: `viewer`.
     */
    get: operations['moneyLeaksByCategory'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/money-leaks/overview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Losses of a period against the one before
     * @description Least role: `viewer`.
     */
    get: operations['moneyLeaksOverview'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/money-leaks/reconciliation': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The ledger against the rows of production and downtimes, in minutes of each loss; an imbalance means that a fact was lost on the way
     * @description Least role: `viewer`.
     */
    get: operations['moneyLeaksReconciliation'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/oee': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * OEE over lines, rolled up by adding terms
     * @description Least role: `viewer`.
     */
    get: operations['moneyLeaksOee'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/overview': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The dashboard: KPIs, money leaks, alerts, trials. Figures of services that did not answer are null, the services are named in degraded
     * @description Least role: `viewer`.
     */
    get: operations['overviewGet'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/plants': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Plants
     * @description Least role: `viewer`.
     */
    get: operations['productionListPlants'];
    put?: never;
    /**
     * Add a plant
     * @description Least role: `admin`.
     */
    post: operations['productionCreatePlant'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/plants/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One plant
     * @description Least role: `viewer`.
     */
    get: operations['productionGetPlant'];
    /**
     * Change the fields named
     * @description Least role: `admin`.
     */
    put: operations['productionUpdatePlant'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change the fields named
     * @description Least role: `admin`.
     */
    patch: operations['productionUpdatePlantBypatch'];
    trace?: never;
  };
  '/api/v1/plant-ops/plants/{id}/shifts': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The shift calendar of a plant: the version in force, and all of them
     * @description Least role: `viewer`.
     */
    get: operations['productionGetShifts'];
    /**
     * Give a plant a shift calendar from valid_from on (default now; the first one reaches back without limit)
     * @description Least role: `admin`.
     */
    put: operations['productionSetShifts'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/products': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Products
     * @description Least role: `viewer`.
     */
    get: operations['productionListProducts'];
    put?: never;
    /**
     * Add a product
     * @description Least role: `engineer`.
     */
    post: operations['productionCreateProduct'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/products/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One product
     * @description Least role: `viewer`.
     */
    get: operations['productionGetProduct'];
    /**
     * Change the fields named; costs from valid_from on (default now)
     * @description Least role: `engineer`.
     */
    put: operations['productionUpdateProduct'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change the fields named; costs from valid_from on (default now)
     * @description Least role: `engineer`.
     */
    patch: operations['productionUpdateProductBypatch'];
    trace?: never;
  };
  '/api/v1/plant-ops/products/{id}/rates/{line_id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Set how fast a line ideally makes a product, from valid_from on (default now)
     * @description Least role: `engineer`.
     */
    put: operations['productionSetRate'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/scrap': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Scrap events
     * @description Least role: `viewer`.
     */
    get: operations['productionListScrap'];
    put?: never;
    /**
     * Log scrapped, reworked or downgraded units
     * @description Least role: `operator`.
     */
    post: operations['productionLogScrap'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/scrap/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One scrap event
     * @description Least role: `viewer`.
     */
    get: operations['productionGetScrap'];
    put?: never;
    post?: never;
    /**
     * Void a scrap event, with a reason
     * @description Least role: `operator`.
     */
    delete: operations['productionVoidScrap'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/sensors': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Sensors
     * @description Least role: `viewer`.
     */
    get: operations['sensorsList'];
    put?: never;
    /**
     * Add a sensor to a line; readings that came before it are applied
     * @description Least role: `engineer`.
     */
    post: operations['sensorsCreate'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/sensors/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One sensor
     * @description Least role: `viewer`.
     */
    get: operations['sensorsGet'];
    /**
     * Change the fields named; limits judge the readings that come from now on
     * @description Least role: `engineer`.
     */
    put: operations['sensorsUpdate'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change the fields named; limits judge the readings that come from now on
     * @description Least role: `engineer`.
     */
    patch: operations['sensorsUpdateBypatch'];
    trace?: never;
  };
  '/api/v1/plant-ops/sensors/{id}/readings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Readings of a window, combined to points; the window defaults to the plant's today
     * @description Least role: `viewer`.
     */
    get: operations['sensorsGetReadings'];
    put?: never;
    /**
     * Log readings of a sensor; one of an instant that is known already changes nothing
     * @description Least role: `engineer`.
     */
    post: operations['sensorsLogReadings'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/settings': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * The settings of the tenant
     * @description Least role: `viewer`.
     */
    get: operations['productionGetSettings'];
    /**
     * Change the settings named
     * @description Least role: `admin`.
     */
    put: operations['productionSetSettings'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/stream': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What is announced in the tenant, as it happens (server-sent events)
     * @description Least role: `viewer`. Each event carries an announcement as its data: a CloudEvent, as /asyncapi.json describes it. A client that comes back with the id it saw last goes on from there.
     */
    get: operations['stream'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/stream/ticket': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    /**
     * A ticket for the live stream, for clients that cannot send headers, as EventSource of browsers
     * @description Least role: `viewer`. The ticket opens GET /stream?ticket=… once, within a minute, for the tenant and roles of the caller. That stream ends when the token of the caller expires, after 15 minutes at most: get a new ticket then, and go on with last_event_id.
     */
    post: operations['streamTicket'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/trials': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Trials
     * @description Least role: `viewer`.
     */
    get: operations['trialsList'];
    put?: never;
    /**
     * Plan a trial on a line
     * @description Least role: `engineer`.
     */
    post: operations['trialsPlan'];
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/trials/{id}': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * One trial
     * @description Least role: `viewer`.
     */
    get: operations['trialsGet'];
    /**
     * Change the fields named: the plan before its end, the findings always
     * @description Least role: `engineer`.
     */
    put: operations['trialsUpdate'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    /**
     * Change the fields named: the plan before its end, the findings always
     * @description Least role: `engineer`.
     */
    patch: operations['trialsUpdateBypatch'];
    trace?: never;
  };
  '/api/v1/plant-ops/trials/{id}/cancel': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    put?: never;
    post?: never;
    /**
     * Cancel a planned or running trial, with a reason
     * @description Least role: `engineer`.
     */
    delete: operations['trialsCancel'];
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/trials/{id}/complete': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Complete a trial: judged by its criteria unless was_successful is sent
     * @description Least role: `engineer`.
     */
    put: operations['trialsComplete'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/api/v1/plant-ops/trials/{id}/start': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    get?: never;
    /**
     * Start a planned trial
     * @description Least role: `engineer`.
     */
    put: operations['trialsStart'];
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/asyncapi.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * What is published and announced over NATS (AsyncAPI 3.0)
     * @description Anyone may read it, without a token.
     */
    get: operations['asyncapi'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/docs': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * A page on which to read and try the API
     * @description Anyone may read it, without a token.
     */
    get: operations['docs'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/healthz': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether the gateway runs
     * @description Answers as long as the process answers requests at all.
     */
    get: operations['healthz'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/openapi.json': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * This document (OpenAPI 3.1)
     * @description Anyone may read it, without a token.
     */
    get: operations['openapi'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
  '/readyz': {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    /**
     * Whether the gateway can answer
     * @description A gateway is ready while it is connected to the bus.
     */
    get: operations['readyz'];
    put?: never;
    post?: never;
    delete?: never;
    options?: never;
    head?: never;
    patch?: never;
    trace?: never;
  };
}
export type webhooks = Record<string, never>;
export interface components {
  schemas: {
    Alert: {
      /** @description Names the alert; it stays the same while the alert lasts. */
      id: string;
      /**
       * Format: uuid
       * @description UUID of the line.
       */
      line_id: string;
      /** @description What is wrong, in a sentence. */
      message: string;
      /**
       * Format: uuid
       * @description UUID of the plant.
       */
      plant_id: string | null;
      /**
       * @description How severe it is.
       * @enum {string}
       */
      severity: 'low' | 'medium' | 'high' | 'critical';
      /**
       * Format: date-time
       * @description Since when.
       */
      since: string;
      /** @description The limit that value has crossed. */
      threshold: number;
      /** @description What is wrong, in a few words. */
      title: string;
      /**
       * @description What the alert is about.
       * @enum {string}
       */
      type:
        | 'downtime'
        | 'scrap_spike'
        | 'batch_overdue'
        | 'sensor_limit'
        | 'leak_burn'
        | 'line_clock'
        | 'unplaced_units'
        | 'counting_while_stopped'
        | 'not_reporting';
      /** @description What was measured, in the unit of its type: minutes, a fraction, the sensor's unit or US dollars. */
      value: number;
    };
    ApiKey: {
      /**
       * Format: date-time
       * @description When the row was written first.
       */
      created_at: string;
      /** @description Who wrote it first: a person, an API key, a line system or a service. */
      created_by: string;
      /**
       * Format: date-time
       * @description Until when the key is good; null: until it is revoked.
       */
      expires_at: string | null;
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /** @description How the key begins, to distinguish keys. */
      key_prefix: string;
      /**
       * Format: date-time
       * @description When it was used last, to the minute or so; null: never.
       */
      last_used_at: string | null;
      /** @description What the key is for. */
      name: string;
      /**
       * Format: date-time
       * @description When it was revoked; null: it is good.
       */
      revoked_at: string | null;
      /**
       * @description The role that the key gives: viewer, operator, engineer or admin. Each may do what the ones before it may.
       * @enum {string}
       */
      role: 'viewer' | 'operator' | 'engineer' | 'admin';
      /** @description The tenant that owns it. It comes from the token, never from a request. */
      tenant_id: string;
      /**
       * Format: date-time
       * @description When the row was changed last.
       */
      updated_at: string;
      /** @description Who changed it last: a person, an API key, a line system or a service. */
      updated_by: string;
      /** @description Counts the changes of the row, from 1. It is the ETag; send it back as If-Match to change only what you have seen. */
      version: number;
    };
    Batch: {
      /** @description The number of the batch in other systems. It is unique on its line. */
      batch_number: string;
      /** @description Why it was cancelled. */
      cancellation_reason: string | null;
      /**
       * Format: date-time
       * @description When it was cancelled; default now.
       */
      cancelled_at: string | null;
      /**
       * Format: date-time
       * @description When it was completed; default now.
       */
      completed_at: string | null;
      /**
       * Format: date-time
       * @description When the row was written first.
       */
      created_at: string;
      /** @description Who wrote it first: a person, an API key, a line system or a service. */
      created_by: string;
      /**
       * Format: date-time
       * @description When it ended, where nobody ended it: it was interrupted, and then a third batch started. Resuming, completing or cancelling it takes that back. null: it was not cut.
       */
      cut_at: string | null;
      /** @description The quantities that were given in another unit than the product's own, as they were given. */
      given: {
        /** @description good_count as it was given. */
        good_count?: {
          /** @description The quantity as it was given. */
          quantity: number;
          /** @description The unit that it was given in. */
          unit: string;
        };
        /** @description material_input as it was given. */
        material_input?: {
          /** @description The quantity as it was given. */
          quantity: number;
          /** @description The unit that it was given in. */
          unit: string;
        };
        /** @description planned_quantity as it was given. */
        planned_quantity?: {
          /** @description The quantity as it was given. */
          quantity: number;
          /** @description The unit that it was given in. */
          unit: string;
        };
        /** @description rework_count as it was given. */
        rework_count?: {
          /** @description The quantity as it was given. */
          quantity: number;
          /** @description The unit that it was given in. */
          unit: string;
        };
        /** @description scrap_count as it was given. */
        scrap_count?: {
          /** @description The quantity as it was given. */
          quantity: number;
          /** @description The unit that it was given in. */
          unit: string;
        };
        /** @description startup_scrap_count as it was given. */
        startup_scrap_count?: {
          /** @description The quantity as it was given. */
          quantity: number;
          /** @description The unit that it was given in. */
          unit: string;
        };
      };
      /** @description Good quantity (ISO 22400 GQ), in units. As the total of a batch it overrules the counts; null: the counts stand. */
      good_count: number | null;
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /** @description Whether another batch has the line although this one is neither ended nor paused: it goes on after it. */
      interrupted: boolean;
      /**
       * Format: uuid
       * @description UUID of the line.
       */
      line_id: string;
      /** @description Material that went in, in units of product: what came out less is yield loss; null: not known. */
      material_input: number | null;
      /** @description Notes, free text. */
      notes: string | null;
      /** @description Who runs it. */
      operator: string | null;
      /**
       * Format: date-time
       * @description When it is planned to end.
       */
      planned_end: string | null;
      /** @description Planned order quantity (ISO 22400 POQ), in units. */
      planned_quantity: number | null;
      /**
       * Format: date-time
       * @description When it is planned to begin.
       */
      planned_start: string | null;
      /**
       * Format: uuid
       * @description UUID of the product.
       */
      product_id: string | null;
      /** @description Rework quantity (ISO 22400 RQ), reworked or downgraded, in units; null: the scrap events stand. */
      rework_count: number | null;
      /** @description The intervals in which it had the line, in order of time: its time is their sum. null: not derived; it ran from its start to its end, or to the start of the next batch. */
      runs: components['schemas']['BatchRun'][] | null;
      /** @description Production scrap (ISO 22400 SQ), in units; null: the counts and scrap events stand. */
      scrap_count: number | null;
      /**
       * Format: date-time
       * @description When it began; default now.
       */
      started_at: string | null;
      /** @description Units scrapped while the batch started up; null: the scrap events stand. */
      startup_scrap_count: number | null;
      /** @description The status in its life cycle. */
      status: components['schemas']['BatchStatus'];
      /** @description The tenant that owns it. It comes from the token, never from a request. */
      tenant_id: string;
      /**
       * Format: date-time
       * @description When the row was changed last.
       */
      updated_at: string;
      /** @description Who changed it last: a person, an API key, a line system or a service. */
      updated_by: string;
      /** @description Counts the changes of the row, from 1. It is the ETag; send it back as If-Match to change only what you have seen. */
      version: number;
    };
    BatchRun: {
      /**
       * Format: date-time
       * @description When the batch got the line.
       */
      from: string;
      /**
       * Format: date-time
       * @description When it lost the line; null: it still has it.
       */
      to: string | null;
    };
    /** @enum {string} */
    BatchStatus: 'planned' | 'running' | 'paused' | 'completed' | 'cancelled';
    CalendarVersion: {
      /** @description Dates that differ from the week, as holidays. */
      exceptions: {
        /**
         * Format: date
         * @description The day in the plant's own zone on which the shifts begin, as 2026-11-22.
         */
        date: string;
        /** @description The shifts that begin on that day instead; empty: nobody works. */
        shifts: {
          /**
           * @description Breaks within the shift: planned stops of every line.
           * @default []
           */
          breaks: {
            /** @description Time of day in the plant's zone, as 14:00; one that is not after the start lies on the next day, 24:00 is midnight. */
            end: string;
            /** @description Time of day in the plant's zone, as 06:00. */
            start: string;
          }[];
          /** @description Time of day in the plant's zone, as 14:00; one that is not after the start lies on the next day, 24:00 is midnight. */
          end: string;
          /** @description What people call it. */
          name: string;
          /** @description Time of day in the plant's zone, as 06:00. */
          start: string;
        }[];
      }[];
      /** @description IANA time zone, as America/New_York. Days and shifts of the plant are in it. */
      timezone: string;
      /**
       * Format: date-time
       * @description The instant from which it is in force; default now. In a version, null: the first one, which has no start.
       */
      valid_from: string | null;
      /** @description The shifts of every week; null: no calendar, every hour is scheduled. */
      weekly:
        | {
            /**
             * @description Breaks within the shift: planned stops of every line.
             * @default []
             */
            breaks: {
              /** @description Time of day in the plant's zone, as 14:00; one that is not after the start lies on the next day, 24:00 is midnight. */
              end: string;
              /** @description Time of day in the plant's zone, as 06:00. */
              start: string;
            }[];
            /** @description Time of day in the plant's zone, as 14:00; one that is not after the start lies on the next day, 24:00 is midnight. */
            end: string;
            /** @description What people call it. */
            name: string;
            /** @description Time of day in the plant's zone, as 06:00. */
            start: string;
            /** @description The days on which the shift begins, as in ISO 8601: Monday is 1. */
            weekdays: number[];
          }[]
        | null;
    };
    CategoryTotal: {
      /** @description What of it could have been avoided, US dollars to the cent. */
      avoidable_total: number;
      /** @description The loss category. */
      category: components['schemas']['LeakCategory'];
      /** @description Postings that stand. */
      count: number;
      /** @description Share of the total, percent 0 to 100; null: the total is 0. */
      percentage: number | null;
      /** @description What was lost, US dollars to the cent. */
      total: number;
    };
    ConnectionView: {
      /** @description The certificate (PEM) that signed the broker's, for mqtts; null: those that everybody trusts. */
      ca_certificate: string | null;
      /** @description The name of the session at the broker. It must be used by nothing else. Default: plantops, the tenant and the code. */
      client_id: string;
      /** @description What other systems call it. It is unique in its kind. */
      code: string;
      /**
       * Format: date-time
       * @description Since when the broker is connected; null: it is not.
       */
      connected_since: string | null;
      /**
       * Format: date-time
       * @description When the row was written first.
       */
      created_at: string;
      /** @description Who wrote it first: a person, an API key, a line system or a service. */
      created_by: string;
      /** @description Whether a password is stored. It is never given back. */
      has_password: boolean;
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /** @description Whether it is in use. If not, it stays on record. */
      is_active: boolean;
      /** @description Why it could not be connected last; null: it could. */
      last_error: string | null;
      /**
       * Format: date-time
       * @description When the last message came; null: none yet.
       */
      last_message_at: string | null;
      /** @description What people call it. */
      name: string;
      /**
       * @description The version of MQTT: default 3.1.1, which every broker has.
       * @enum {string}
       */
      protocol: '5' | '3.1.1';
      /** @description The tenant that owns it. It comes from the token, never from a request. */
      tenant_id: string;
      /** @description The topic filters to subscribe to, as line/+/count or spBv1.0/Akron/#. */
      topics: string[];
      /**
       * Format: date-time
       * @description When the row was changed last.
       */
      updated_at: string;
      /** @description Who changed it last: a person, an API key, a line system or a service. */
      updated_by: string;
      /** @description Where the broker is: mqtt://host:1883, or mqtts://host:8883 over TLS. Addresses of the platform itself are refused. */
      url: string;
      /** @description The user at the broker; null: none. */
      username: string | null;
      /** @description Counts the changes of the row, from 1. It is the ETag; send it back as If-Match to change only what you have seen. */
      version: number;
    };
    Count: {
      /**
       * Format: date-time
       * @description When it happened, RFC 3339 with its zone. In a command, default now.
       */
      at: string;
      /**
       * Format: uuid
       * @description UUID of the batch.
       */
      batch_id: string | null;
      /** @description The number of the batch in other systems. It is unique on its line. */
      batch_number: string | null;
      /**
       * Format: date-time
       * @description When the row was written first.
       */
      created_at: string;
      /** @description Who wrote it first: a person, an API key, a line system or a service. */
      created_by: string;
      /** @description Good units as they were given; null: in the product's own unit. */
      given_good: number | null;
      /** @description Rejected units as they were given; null: in the product's own unit. */
      given_reject: number | null;
      /** @description The unit that they were given in; null: the product's own. */
      given_unit: string | null;
      /** @description Good units made since the count before. */
      good: number;
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /**
       * Format: uuid
       * @description UUID of the line.
       */
      line_id: string;
      /**
       * Format: uuid
       * @description UUID of the product.
       */
      product_id: string | null;
      /** @description Rejected units made since the count before. */
      reject: number;
      /** @description The tenant that owns it. It comes from the token, never from a request. */
      tenant_id: string;
      /**
       * Format: date-time
       * @description When the row was changed last.
       */
      updated_at: string;
      /** @description Who changed it last: a person, an API key, a line system or a service. */
      updated_by: string;
      /** @description Counts the changes of the row, from 1. It is the ETag; send it back as If-Match to change only what you have seen. */
      version: number;
      /** @description Why it was voided. */
      void_reason: string | null;
      /**
       * Format: date-time
       * @description When it was voided; null: it stands.
       */
      voided_at: string | null;
    };
    /** @enum {string} */
    CountBasis: 'good' | 'gross';
    Criterion: {
      /** @description A name among the results. */
      metric: string;
      /**
       * @description How the result must compare with the target.
       * @enum {string}
       */
      operator: '<' | '<=' | '=' | '>=' | '>';
      /** @description The number that the result is compared with. */
      target: number;
    };
    DeadLetter: {
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /** @description The NATS subject of the message. */
      message_subject: string;
      /**
       * Format: date-time
       * @description When it was stored as a dead letter.
       */
      parked_at: string;
      /** @description The message as it came. */
      payload: string;
      /** @description Why it could not be applied: the error of the last attempt. */
      reason: string;
      /**
       * Format: date-time
       * @description When it was replayed; null: not yet.
       */
      replayed_at: string | null;
      /** @description Who replayed it; null: nobody yet. */
      replayed_by: string | null;
      /** @description The service that stores it. */
      service: string;
      /** @description The NATS stream that the message came from. */
      stream: string;
      /** @description The sequence number of the message in its stream. */
      stream_seq: number;
      /** @description The tenant that owns it. */
      tenant_id: string;
    };
    /** @enum {string} */
    Disposition: 'scrap' | 'rework' | 'downgrade';
    Downtime: {
      /**
       * Format: date-time
       * @description When somebody acknowledged the stop; default now.
       */
      acknowledged_at: string | null;
      /** @description Who acknowledged the stop and works on it; default the caller. */
      acknowledged_by: string | null;
      /**
       * Format: uuid
       * @description UUID of the batch.
       */
      batch_id: string | null;
      /** @description The number of the batch in other systems. It is unique on its line. */
      batch_number: string | null;
      /**
       * Format: date-time
       * @description When the row was written first.
       */
      created_at: string;
      /** @description Who wrote it first: a person, an API key, a line system or a service. */
      created_by: string;
      /** @description A description, in words. */
      description: string | null;
      /** @description From start_time to end_time, minutes; null: it is open. */
      duration_minutes: number | null;
      /**
       * Format: date-time
       * @description When the stop ended; null: it is open.
       */
      end_time: string | null;
      /** @description What the line system calls the stop; null: people reported it. */
      external_id: string | null;
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /** @description Whether the end is assumed, because the line counts good units again. An end that somebody gives or reports replaces it. */
      is_end_assumed: boolean;
      /** @description Whether its time counts as not scheduled at all: in no OEE, and without a loss. */
      is_excluded: boolean;
      /** @description Whether it is a failure of the equipment: it counts in MTBF and MTTR. */
      is_failure: boolean;
      /** @description Whether it was unplanned and shorter than the line's micro_stop_seconds. */
      is_micro_stop: boolean;
      /** @description Whether it was reported over the time of another stop. It is kept and pays only for the time that the other one does not hold. */
      is_overlapping: boolean;
      /** @description Planned down time (ISO 22400), outside planned busy time. Default: as the reason says, else true for break and no_demand alone. */
      is_planned: boolean;
      /** @description Whether its loss could not have been avoided. */
      is_unavoidable: boolean;
      /**
       * Format: uuid
       * @description UUID of the line.
       */
      line_id: string;
      /**
       * Format: uuid
       * @description What the parts of one stop share: the parts of a split stop, and of one departure of a line from running. null: it is whole.
       */
      origin_id: string | null;
      /** @description production or startup: the ramp-up of a batch, which is startup loss. */
      phase: components['schemas']['Phase'];
      /** @description The kind of reason. Default: that of the reason_code, else unknown. */
      reason_category: components['schemas']['ReasonCategory'];
      /** @description The reason in the tenant's own tree, or the line system's own word for it. */
      reason_code: string | null;
      /** @description inherited: reports that came late moved this time out of a stop whose reason a person had given; it counts until somebody gives another. null: the stop has its own reason. */
      reason_source: 'inherited' | null;
      /** @description Who reported it; default the caller. */
      reported_by: string | null;
      /** @description What was done about it. */
      resolution: string | null;
      /** @description Who resolved it; default the caller. */
      resolved_by: string | null;
      /** @description From start_time to acknowledged_at, minutes; null: not acknowledged. */
      response_time_minutes: number | null;
      /** @description What caused it. */
      root_cause: string | null;
      /**
       * @description manual: people reported it; event: a line system did; silence: the line sent no event for longer than its silence_seconds.
       * @enum {string}
       */
      source: 'manual' | 'event' | 'silence';
      /**
       * Format: date-time
       * @description When the stop began; default now.
       */
      start_time: string;
      /**
       * @description The status in its life cycle.
       * @enum {string}
       */
      status: 'open' | 'ended';
      /** @description The tenant that owns it. It comes from the token, never from a request. */
      tenant_id: string;
      /** @description Units that somebody says were lost, for the record; no money is computed from it. */
      units_lost: number | null;
      /**
       * Format: date-time
       * @description When the row was changed last.
       */
      updated_at: string;
      /** @description Who changed it last: a person, an API key, a line system or a service. */
      updated_by: string;
      /** @description Counts the changes of the row, from 1. It is the ETag; send it back as If-Match to change only what you have seen. */
      version: number;
      /** @description Why it was voided. */
      void_reason: string | null;
      /**
       * Format: date-time
       * @description When it was voided; null: it stands.
       */
      voided_at: string | null;
    };
    DowntimeView: {
      /**
       * Format: date-time
       * @description When somebody acknowledged the stop; default now.
       */
      acknowledged_at: string | null;
      /** @description Who acknowledged the stop and works on it; default the caller. */
      acknowledged_by: string | null;
      /**
       * Format: uuid
       * @description UUID of the batch.
       */
      batch_id: string | null;
      /** @description The number of the batch in other systems. It is unique on its line. */
      batch_number: string | null;
      /** @description What the stop has cost so far, US dollars: the sum of its postings. */
      cost_impact: number;
      /**
       * Format: date-time
       * @description When the row was written first.
       */
      created_at: string;
      /** @description Who wrote it first: a person, an API key, a line system or a service. */
      created_by: string;
      /** @description A description, in words. */
      description: string | null;
      /** @description From start_time to end_time, minutes; null: it is open. */
      duration_minutes: number | null;
      /**
       * Format: date-time
       * @description When the stop ended; null: it is open.
       */
      end_time: string | null;
      /** @description What the line system calls the stop; null: people reported it. */
      external_id: string | null;
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /** @description Whether the end is assumed, because the line counts good units again. An end that somebody gives or reports replaces it. */
      is_end_assumed: boolean;
      /** @description Whether its time counts as not scheduled at all: in no OEE, and without a loss. */
      is_excluded: boolean;
      /** @description Whether it is a failure of the equipment: it counts in MTBF and MTTR. */
      is_failure: boolean;
      /** @description Whether it was unplanned and shorter than the line's micro_stop_seconds. */
      is_micro_stop: boolean;
      /** @description Whether it was reported over the time of another stop. It is kept and pays only for the time that the other one does not hold. */
      is_overlapping: boolean;
      /** @description Planned down time (ISO 22400), outside planned busy time. Default: as the reason says, else true for break and no_demand alone. */
      is_planned: boolean;
      /** @description Whether its loss could not have been avoided. */
      is_unavoidable: boolean;
      /**
       * Format: uuid
       * @description UUID of the line.
       */
      line_id: string;
      /**
       * Format: uuid
       * @description What the parts of one stop share: the parts of a split stop, and of one departure of a line from running. null: it is whole.
       */
      origin_id: string | null;
      /** @description production or startup: the ramp-up of a batch, which is startup loss. */
      phase: components['schemas']['Phase'];
      /** @description The kind of reason. Default: that of the reason_code, else unknown. */
      reason_category: components['schemas']['ReasonCategory'];
      /** @description The reason in the tenant's own tree, or the line system's own word for it. */
      reason_code: string | null;
      /** @description inherited: reports that came late moved this time out of a stop whose reason a person had given; it counts until somebody gives another. null: the stop has its own reason. */
      reason_source: 'inherited' | null;
      /** @description Who reported it; default the caller. */
      reported_by: string | null;
      /** @description What was done about it. */
      resolution: string | null;
      /** @description Who resolved it; default the caller. */
      resolved_by: string | null;
      /** @description From start_time to acknowledged_at, minutes; null: not acknowledged. */
      response_time_minutes: number | null;
      /** @description What caused it. */
      root_cause: string | null;
      /**
       * @description manual: people reported it; event: a line system did; silence: the line sent no event for longer than its silence_seconds.
       * @enum {string}
       */
      source: 'manual' | 'event' | 'silence';
      /**
       * Format: date-time
       * @description When the stop began; default now.
       */
      start_time: string;
      /**
       * @description The status in its life cycle.
       * @enum {string}
       */
      status: 'open' | 'ended';
      /** @description The tenant that owns it. It comes from the token, never from a request. */
      tenant_id: string;
      /** @description Units that somebody says were lost, for the record; no money is computed from it. */
      units_lost: number | null;
      /**
       * Format: date-time
       * @description When the row was changed last.
       */
      updated_at: string;
      /** @description Who changed it last: a person, an API key, a line system or a service. */
      updated_by: string;
      /** @description Counts the changes of the row, from 1. It is the ETag; send it back as If-Match to change only what you have seen. */
      version: number;
      /** @description Why it was voided. */
      void_reason: string | null;
      /**
       * Format: date-time
       * @description When it was voided; null: it stands.
       */
      voided_at: string | null;
    };
    HistoryEntry: {
      /** @description Who changed it. */
      actor: string;
      /** @description The fields that changed. */
      changes: {
        /** @description Its value after the change. */
        after: unknown;
        /** @description Its value before the change; null before the first. */
        before: unknown;
        /** @description The name of the field. */
        field: string;
      }[];
      /**
       * Format: uuid
       * @description UUID of the announcement.
       */
      id: string;
      /**
       * Format: date-time
       * @description When it changed.
       */
      time: string;
      /** @description The trace (W3C Trace Context) that the change was part of; null: none. */
      trace_id: string | null;
      /** @description The type of the announcement, as downtime.ended. */
      type: string;
      /** @description The version that the row has had since; null: the row has no versions. */
      version: number | null;
    };
    /** @enum {string} */
    LadderState:
      | 'no_shift'
      | 'excluded'
      | 'planned_stop'
      | 'changeover'
      | 'ramp_up'
      | 'stop'
      | 'delay'
      | 'micro_stop'
      | 'running'
      | 'unassigned';
    /** @enum {string} */
    LeakCategory:
      | 'scrap_loss'
      | 'downtime_loss'
      | 'speed_loss'
      | 'yield_loss'
      | 'quality_loss'
      | 'changeover_loss'
      | 'startup_loss';
    Line: {
      /** @description What other systems call it. It is unique in its kind. */
      code: string;
      /**
       * @description good: counted good units are good. gross: they contain the rejects, also those that are found later. A good_count that is given is good. Absent: good.
       * @enum {string}
       */
      count_basis?: components['schemas']['CountBasis'];
      /** @description The total after which a counter of the line begins at 0 again, as 1000 for one with three digits; null: it does not. Absent: it does not. */
      counter_modulus?: number | null;
      /**
       * Format: date-time
       * @description When the row was written first.
       */
      created_at: string;
      /** @description Who wrote it first: a person, an API key, a line system or a service. */
      created_by: string;
      /** @description What an hour of the line costs, US dollars. */
      hourly_cost: number;
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /** @description Planned run time per item (ISO 22400 PRI), seconds a unit. For a product on a line, null: the line's own. */
      ideal_cycle_seconds: number;
      /** @description Departures from running that are shorter than this, by the states of the line, are no stops: the line runs. Seconds. Absent: 0. */
      ignore_stop_seconds?: number;
      /** @description Whether it is in use. If not, it stays on record. */
      is_active: boolean;
      /** @description How long after a batch units that name no batch are still its own; at least one ideal cycle, at most an hour. Seconds. Absent: 120. */
      late_unit_seconds?: number;
      /** @description Unplanned stops shorter than this are micro-stops: speed loss rather than down time. Seconds. */
      micro_stop_seconds: number;
      /** @description What people call it. */
      name: string;
      /**
       * Format: uuid
       * @description UUID of the plant.
       */
      plant_id: string;
      /** @description After so long without a line event in a shift a stop without a signal opens; longer than the usual pauses of the line. null: none does. Seconds. Absent: none does. */
      silence_seconds?: number | null;
      /** @description What a controller's states mean. Events with a name that is not known wait until it is. */
      state_map?: {
        /** @description packml: the state names and numbers of PackML (ANSI/ISA-TR88.00.02) are known. */
        standard?: 'packml' | null;
        /** @description What the controller's own names or numbers mean. They win over those of the standard. */
        states?: {
          [key: string]: {
            /** @description The reason of a stop in it, unless the event names one. */
            reason_code?: string | null;
            /** @description What it means. */
            state: components['schemas']['LineState'];
          };
        };
      } | null;
      /** @description The OEE the line is measured against, as a fraction. */
      target_oee: number | null;
      /** @description The tenant that owns it. It comes from the token, never from a request. */
      tenant_id: string;
      /** @description Whether an open stop ends, assumed, where line events count good units again, later than late units come. false: parts are fed by hand. Absent: true. */
      units_end_stops?: boolean;
      /** @description How many units of product one of a counter is. Absent: 1. */
      units_per_pulse?: number;
      /**
       * Format: date-time
       * @description When the row was changed last.
       */
      updated_at: string;
      /** @description Who changed it last: a person, an API key, a line system or a service. */
      updated_by: string;
      /** @description Counts the changes of the row, from 1. It is the ETag; send it back as If-Match to change only what you have seen. */
      version: number;
      /** @description All versions, ordered by valid_from. The first one (valid_from null) has no start. */
      versions: components['schemas']['LinePrice'][];
    };
    LinePrice: {
      /**
       * @description good: counted good units are good. gross: they contain the rejects, also those that are found later. A good_count that is given is good. Absent: good.
       * @enum {string}
       */
      count_basis?: components['schemas']['CountBasis'];
      /** @description The total after which a counter of the line begins at 0 again, as 1000 for one with three digits; null: it does not. Absent: it does not. */
      counter_modulus?: number | null;
      /** @description What an hour of the line costs, US dollars. */
      hourly_cost: number;
      /** @description Planned run time per item (ISO 22400 PRI), seconds a unit. For a product on a line, null: the line's own. */
      ideal_cycle_seconds: number;
      /** @description Departures from running that are shorter than this, by the states of the line, are no stops: the line runs. Seconds. Absent: 0. */
      ignore_stop_seconds?: number;
      /** @description How long after a batch units that name no batch are still its own; at least one ideal cycle, at most an hour. Seconds. Absent: 120. */
      late_unit_seconds?: number;
      /** @description Unplanned stops shorter than this are micro-stops: speed loss rather than down time. Seconds. */
      micro_stop_seconds: number;
      /** @description After so long without a line event in a shift a stop without a signal opens; longer than the usual pauses of the line. null: none does. Seconds. Absent: none does. */
      silence_seconds?: number | null;
      /** @description What a controller's states mean. Events with a name that is not known wait until it is. */
      state_map?: {
        /** @description packml: the state names and numbers of PackML (ANSI/ISA-TR88.00.02) are known. */
        standard?: 'packml' | null;
        /** @description What the controller's own names or numbers mean. They win over those of the standard. */
        states?: {
          [key: string]: {
            /** @description The reason of a stop in it, unless the event names one. */
            reason_code?: string | null;
            /** @description What it means. */
            state: components['schemas']['LineState'];
          };
        };
      } | null;
      /** @description Whether an open stop ends, assumed, where line events count good units again, later than late units come. false: parts are fed by hand. Absent: true. */
      units_end_stops?: boolean;
      /** @description How many units of product one of a counter is. Absent: 1. */
      units_per_pulse?: number;
      /**
       * Format: date-time
       * @description The instant from which it is in force; default now. In a version, null: the first one, which has no start.
       */
      valid_from: string | null;
    };
    /** @enum {string} */
    LineState: 'running' | 'stopped' | 'idle' | 'changeover' | 'planned_stop' | 'starved' | 'blocked';
    LineTotal: {
      /**
       * Format: uuid
       * @description UUID of the line.
       */
      line_id: string;
      /** @description The name of the line. */
      line_name: string;
      /** @description Share of the total, percent 0 to 100; null: the total is 0. */
      percentage: number | null;
      /** @description What was lost, US dollars to the cent. */
      total: number;
    };
    /** @enum {string} */
    LossPeriod: 'today' | 'yesterday' | 'shift' | '7d' | '30d';
    Mapping: {
      /**
       * Format: uuid
       * @description UUID of the connection.
       */
      connection_id: string;
      /**
       * Format: date-time
       * @description When the row was written first.
       */
      created_at: string;
      /** @description Who wrote it first: a person, an API key, a line system or a service. */
      created_by: string;
      /** @description Where each field of the line event comes from. Without at, it is when the message arrived; id is the sender’s own number of the message. */
      fields: {
        [key: string]: components['schemas']['MappingSource'];
      };
      /**
       * @description What the payload is: JSON, a text, or Sparkplug B. Paths in Sparkplug B see one metric: name, value, timestamp.
       * @enum {string}
       */
      format: 'json' | 'text' | 'sparkplug';
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /** @description Whether it is in use. If not, it stays on record. */
      is_active: boolean;
      /**
       * @description The kind of line event that a message becomes.
       * @enum {string}
       */
      kind:
        | 'state'
        | 'downtime.started'
        | 'downtime.ended'
        | 'count'
        | 'counter'
        | 'scrap'
        | 'batch.started'
        | 'batch.paused'
        | 'batch.resumed'
        | 'batch.completed';
      /** @description Where the code of the line comes from. */
      line: components['schemas']['MappingSource'];
      /** @description The name of the metric of Sparkplug B; null for other formats. */
      metric: string | null;
      /** @description The tenant that owns it. It comes from the token, never from a request. */
      tenant_id: string;
      /** @description The topics of the messages that it maps; + is any level, # all that follow. */
      topic: string;
      /**
       * Format: date-time
       * @description When the row was changed last.
       */
      updated_at: string;
      /** @description Who changed it last: a person, an API key, a line system or a service. */
      updated_by: string;
      /** @description Counts the changes of the row, from 1. It is the ETag; send it back as If-Match to change only what you have seen. */
      version: number;
    };
    MappingSource: {
      /** @description The same value for every message. */
      constant?: string | number | boolean;
      /** @description A level of the topic: 1 is the first. */
      level?: number;
      /** @description A JSON path into the payload, as $.values[0].count; $ is the payload itself. */
      path?: string;
    };
    MoneyLeakView: {
      /** @description What was done about it: beside the ledger, not in it. */
      action_taken: string | null;
      /** @description US dollars, 4 decimals: quantity × unit_cost + time_minutes ÷ 60 × hourly_cost. A reversal is negative. */
      amount_usd: number;
      /**
       * Format: uuid
       * @description UUID of the batch.
       */
      batch_id: string | null;
      /**
       * Format: date
       * @description The day it belongs to, as 2026-11-22: the day its shift began on, else the day in the plant's zone.
       */
      business_date: string;
      /** @description The loss category. */
      category: components['schemas']['LeakCategory'];
      /**
       * Format: uuid
       * @description UUID of the announcement that made the posting due.
       */
      cause_event_id: string;
      /**
       * Format: date-time
       * @description When the row was written first.
       */
      created_at: string;
      /** @description Who wrote it first: a person, an API key, a line system or a service. */
      created_by: string;
      /** @description A description, in words. */
      description: string | null;
      /** @description What an hour of the line costs, US dollars. */
      hourly_cost: number | null;
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /** @description Whether the loss could have been avoided; what people say overrules the rule. */
      is_avoidable: boolean;
      /**
       * Format: uuid
       * @description UUID of the line.
       */
      line_id: string;
      /**
       * Format: date-time
       * @description When the loss began; default now.
       */
      occurred_from: string;
      /**
       * Format: date-time
       * @description When the loss ended; default occurred_from.
       */
      occurred_to: string;
      /**
       * Format: uuid
       * @description UUID of the plant.
       */
      plant_id: string;
      /**
       * Format: uuid
       * @description UUID of the product.
       */
      product_id: string | null;
      /** @description Units of product. */
      quantity: number | null;
      /**
       * Format: date-time
       * @description When it was posted.
       */
      recorded_at: string;
      /**
       * Format: uuid
       * @description UUID of the posting that this row reverses; null: it is a posting.
       */
      reverses_id: string | null;
      /** @description The rule that posted it, as stop, slow_cycle or yield; manual for one made by hand. */
      rule: string;
      /** @description The version of the rules it was posted by. */
      rule_version: number;
      /**
       * Format: uuid
       * @description UUID of the stop, scrap event, batch or manual posting that caused it.
       */
      source_id: string;
      /**
       * @description What caused the posting: downtime, scrap, batch, or manual for one made by hand.
       * @enum {string}
       */
      source_type: 'downtime' | 'scrap' | 'batch' | 'manual';
      /** @description The tenant that owns it. It comes from the token, never from a request. */
      tenant_id: string;
      /** @description Machine time, minutes. */
      time_minutes: number | null;
      /** @description What a unit costs, US dollars; null: units are not priced. A cost of scrap that was given in another unit has as many decimals as the amount needs. */
      unit_cost: number | null;
      /**
       * Format: date-time
       * @description When the row was changed last.
       */
      updated_at: string;
      /** @description Who changed it last: a person, an API key, a line system or a service. */
      updated_by: string;
      /** @description Counts the changes of the row, from 1. It is the ETag; send it back as If-Match to change only what you have seen. */
      version: number;
    };
    Oee: {
      /** @description ISO 22400 availability = APT ÷ PBT, a fraction; null: undefined. */
      availability: number | null;
      /** @description What a reader of the figures should know, as unassigned_time or performance_above_1. */
      flags: string[];
      /** @description Overall equipment effectiveness = Σ PRI × GQ ÷ PBT, a fraction; null: undefined. */
      oee: number | null;
      /** @description Overall operations effectiveness = Σ PRI × GQ ÷ POT, a fraction; null: undefined. */
      ooe: number | null;
      /** @description ISO 22400 effectiveness = Σ PRI × PQ ÷ APT, a fraction, never clamped; null: undefined. */
      performance: number | null;
      /** @description ISO 22400 quality ratio, weighed by ideal time = Σ PRI × GQ ÷ Σ PRI × PQ, a fraction; null: undefined. */
      quality: number | null;
      /** @description Total effective equipment performance = Σ PRI × GQ ÷ calendar time, a fraction; null: undefined. */
      teep: number | null;
      /** @description What the figures are divided from; terms of lines and days add up, figures do not. */
      terms: {
        /** @description Actual production time (APT), micro-stops included. Minutes. */
        apt_minutes: number;
        /** @description Calendar time (CT): the window, cut at now. Minutes. */
        calendar_minutes: number;
        /** @description Actual unit setup time (AUST). Minutes. */
        changeover_minutes: number;
        /** @description Actual delay time (ADET): starved or blocked. Minutes. */
        delay_minutes: number;
        /** @description Excluded stops, outside POT. Minutes. */
        excluded_minutes: number;
        /** @description Good quantity (ISO 22400 GQ), in units. */
        good_count: number;
        /** @description Σ PRI × GQ: what the good units would have taken ideally. Minutes. */
        ideal_minutes_good: number;
        /** @description Σ PRI × PQ: what all units would have taken ideally. Minutes. */
        ideal_minutes_total: number;
        /** @description Micro-stops, part of APT. Minutes. */
        micro_stop_minutes: number;
        /** @description Planned busy time (PBT). Minutes. */
        pbt_minutes: number;
        /** @description Planned down time. Minutes. */
        planned_stop_minutes: number;
        /** @description Planned operation time (POT): scheduled time less what is excluded. Minutes. */
        pot_minutes: number;
        /** @description Stops in the phase startup. Minutes. */
        ramp_up_minutes: number;
        /** @description Produced quantity (ISO 22400 PQ), good and not, in units. */
        total_count: number;
        /** @description Scheduled time of which nothing says whether the line was busy. Minutes. */
        unassigned_minutes: number;
        /** @description Running time of closed batches in which nothing was counted. Minutes. */
        uncounted_minutes: number;
        /** @description Actual down time (ADOT): unplanned stops that are no micro-stops. Minutes. */
        unplanned_stop_minutes: number;
      };
    };
    /** @enum {string} */
    Phase: 'production' | 'startup';
    Plant: {
      /** @description Where the plant is. */
      address: string | null;
      /** @description Shift calendars of the plant by valid_from. Empty: every hour is scheduled. */
      calendars: components['schemas']['CalendarVersion'][];
      /** @description What other systems call it. It is unique in its kind. */
      code: string;
      /**
       * Format: date-time
       * @description When the row was written first.
       */
      created_at: string;
      /** @description Who wrote it first: a person, an API key, a line system or a service. */
      created_by: string;
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /** @description What people call it. */
      name: string;
      /** @description The tenant that owns it. It comes from the token, never from a request. */
      tenant_id: string;
      /** @description IANA time zone, as America/New_York. Days and shifts of the plant are in it. */
      timezone: string;
      /**
       * Format: date-time
       * @description When the row was changed last.
       */
      updated_at: string;
      /** @description Who changed it last: a person, an API key, a line system or a service. */
      updated_by: string;
      /** @description Counts the changes of the row, from 1. It is the ETag; send it back as If-Match to change only what you have seen. */
      version: number;
    };
    /** @description A problem (RFC 9457). */
    Problem: {
      /**
       * @description What kind of problem it is, for programs. Codes do not change.
       * @enum {string}
       */
      code:
        | 'malformed_json'
        | 'unauthenticated'
        | 'forbidden'
        | 'unknown_tenant'
        | 'not_found'
        | 'method_not_allowed'
        | 'illegal_transition'
        | 'already_exists'
        | 'overlap'
        | 'in_progress'
        | 'stale_version'
        | 'body_too_large'
        | 'unsupported_media_type'
        | 'invalid'
        | 'key_reused'
        | 'too_many_requests'
        | 'internal'
        | 'service_unavailable'
        | 'outcome_unknown';
      /** @description What is wrong this time, and what to do about it. */
      detail: string;
      /** @description The fields at fault. */
      errors: {
        /** @description What to do about it. */
        message: string;
        /** @description Where the field is, as a dotted path. */
        path: string;
      }[];
      /** @description The HTTP status. */
      status: number;
      /** @description What kind of problem it is, for people; the same for every problem of a code. */
      title: string;
      /** @description The trace (W3C Trace Context) of the request: quote it when you report a problem. */
      trace_id?: string;
      /** @description urn:plantops:problem: and the code. */
      type: string;
    };
    Product: {
      /** @description What other systems call it. It is unique among products. */
      code: string;
      /**
       * @description full: unit_cost holds machine time already; material: it does not, and a reject pays its machine time too.
       * @enum {string}
       */
      cost_basis: 'full' | 'material';
      /**
       * Format: date-time
       * @description When the row was written first.
       */
      created_at: string;
      /** @description Who wrote it first: a person, an API key, a line system or a service. */
      created_by: string;
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /** @description The material in a unit, US dollars: the price of lost material; null: unit_cost. */
      material_cost: number | null;
      /** @description What people call it. */
      name: string;
      /** @description The ideal speed of the product on each line, by line and valid_from. */
      rates: components['schemas']['ProductRate'][];
      /** @description The value recovered from a scrapped unit, US dollars, at most its unit_cost. */
      salvage_value: number;
      /** @description The tenant that owns it. It comes from the token, never from a request. */
      tenant_id: string;
      /** @description The unit that quantities of the product are counted in, as ea or kg. */
      unit: string;
      /** @description What a unit costs, US dollars. On scrap, null: the product's own. */
      unit_cost: number;
      /** @description The other units of the product, each with how many of its own unit one of it is. */
      units: {
        /** @description How many of the product's own unit one of it is: a number, or a fraction as 1/6. */
        factor: number | string;
        /** @description Another unit that quantities of the product are reported in, as bottle. */
        unit: string;
      }[];
      /**
       * Format: date-time
       * @description When the row was changed last.
       */
      updated_at: string;
      /** @description Who changed it last: a person, an API key, a line system or a service. */
      updated_by: string;
      /** @description Counts the changes of the row, from 1. It is the ETag; send it back as If-Match to change only what you have seen. */
      version: number;
      /** @description All versions, ordered by valid_from. The first one (valid_from null) has no start. */
      versions: components['schemas']['ProductCost'][];
    };
    ProductCost: {
      /**
       * @description full: unit_cost holds machine time already; material: it does not, and a reject pays its machine time too.
       * @enum {string}
       */
      cost_basis: 'full' | 'material';
      /** @description The material in a unit, US dollars: the price of lost material; null: unit_cost. */
      material_cost: number | null;
      /** @description The value recovered from a scrapped unit, US dollars, at most its unit_cost. */
      salvage_value: number;
      /** @description What a unit costs, US dollars. On scrap, null: the product's own. */
      unit_cost: number;
      /**
       * Format: date-time
       * @description The instant from which it is in force; default now. In a version, null: the first one, which has no start.
       */
      valid_from: string | null;
    };
    ProductRate: {
      /** @description Planned run time per item (ISO 22400 PRI), seconds a unit. For a product on a line, null: the line's own. */
      ideal_cycle_seconds: number | null;
      /**
       * Format: uuid
       * @description UUID of the line.
       */
      line_id: string;
      /**
       * Format: date-time
       * @description The instant from which it is in force; default now. In a version, null: the first one, which has no start.
       */
      valid_from: string | null;
    };
    Reading: {
      /**
       * Format: date-time
       * @description When it happened, RFC 3339 with its zone. In a command, default now. Between the years 2000 and 2099.
       */
      at: string;
      /**
       * @description good, uncertain or bad, as in OPC UA: only good readings are compared with the limits.
       * @default good
       */
      quality?: components['schemas']['ReadingQuality'];
      /** @description What was measured, in the sensor's unit. */
      value: number;
    };
    /** @enum {string} */
    ReadingQuality: 'good' | 'uncertain' | 'bad';
    Reason: {
      /** @description The kind of reason that stops with it have. */
      category: components['schemas']['ReasonCategory'];
      /** @description The code of the reason, unique in the tree. */
      code: string;
      /**
       * Format: date-time
       * @description When the row was written first.
       */
      created_at: string;
      /** @description Who wrote it first: a person, an API key, a line system or a service. */
      created_by: string;
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /** @description Whether it is in use. If not, it stays on record. */
      is_active: boolean;
      /** @description Whether its time counts as not scheduled at all: in no OEE, and without a loss. */
      is_excluded: boolean;
      /** @description Whether it is a failure of the equipment: it counts in MTBF and MTTR. */
      is_failure: boolean;
      /** @description Planned down time (ISO 22400), outside planned busy time. Default: as the reason says, else true for break and no_demand alone. */
      is_planned: boolean;
      /** @description Whether its loss could not have been avoided. */
      is_unavoidable: boolean;
      /** @description What people call it. */
      name: string;
      /** @description The code of the reason above it in the tree; null: none. */
      parent_code: string | null;
      /** @description The tenant that owns it. It comes from the token, never from a request. */
      tenant_id: string;
      /**
       * Format: date-time
       * @description When the row was changed last.
       */
      updated_at: string;
      /** @description Who changed it last: a person, an API key, a line system or a service. */
      updated_by: string;
      /** @description Counts the changes of the row, from 1. It is the ETag; send it back as If-Match to change only what you have seen. */
      version: number;
    };
    /** @enum {string} */
    ReasonCategory:
      | 'mechanical'
      | 'electrical'
      | 'changeover'
      | 'no_material'
      | 'no_operator'
      | 'quality'
      | 'cleaning'
      | 'maintenance'
      | 'utilities'
      | 'controls'
      | 'safety'
      | 'break'
      | 'no_demand'
      | 'starved'
      | 'blocked'
      | 'other'
      | 'unknown';
    Rejection: {
      /** @description The message as it came, cut after 4,000 characters. */
      body: string;
      /** @description The sender's id of the event; null: it could not be read. */
      event_id: string | null;
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /** @description The kind of the line event, as its subject named it. */
      kind: string;
      /**
       * Format: date-time
       * @description When it was rejected last.
       */
      last_rejected_at: string;
      /** @description The code of the line. */
      line_code: string;
      /** @description Why it could not be applied, and what to do about it. */
      reason: string;
      /**
       * Format: date-time
       * @description When it was rejected first.
       */
      rejected_at: string;
      /** @description The service that stores it. */
      service: string;
      /** @description The tenant that owns it. */
      tenant_id: string;
      /** @description How often it came and was rejected. */
      times: number;
    };
    Released: {
      /** @description What it says, as JSON. */
      body: string;
      /** @description What it waits for now, or why it was rejected; null: it was applied. */
      detail: string | null;
      /** @description The sender's id of the event; of readings, the code of the sensor. */
      event_id: string;
      /**
       * Format: date-time
       * @description When it says that it happened; null: not known.
       */
      happened_at: string | null;
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /** @description The kind of the line event; readings: the readings of a sensor. */
      kind: string;
      /** @description The code of the line. */
      line_code: string;
      /**
       * @description What came of it: applied; waiting, for something else now; or rejected.
       * @enum {string}
       */
      outcome: 'applied' | 'waiting' | 'rejected';
      /** @description Why it waits. too_old: it happened more than late_after_days before it arrived. early: its time comes within 24 hours. clock_ahead: it lies further ahead. released: it waits for its turn. unknown_…: until that is known. */
      reason: string;
      /** @description The service in which it waits. */
      service: string;
      /**
       * Format: date-time
       * @description Since when it waits.
       */
      since: string;
      /** @description The tenant that owns it. It comes from the token, never from a request. */
      tenant_id: string;
      /** @description What it waits for, as line:FILL-9 or product:COLA-05; else the reason again. */
      waits_for: string;
    };
    ReleasedSum: {
      /** @description Released now; they are applied within seconds, at most 5,000 in each service. */
      released: number;
      /** @description Match too, and wait on: their time has not come, or what they wait for is not known. */
      waiting: number;
    };
    Scrap: {
      /**
       * Format: date-time
       * @description When it happened, RFC 3339 with its zone. In a command, default now.
       */
      at: string;
      /**
       * Format: uuid
       * @description UUID of the batch.
       */
      batch_id: string | null;
      /** @description The number of the batch in other systems. It is unique on its line. */
      batch_number: string | null;
      /**
       * Format: date-time
       * @description When the row was written first.
       */
      created_at: string;
      /** @description Who wrote it first: a person, an API key, a line system or a service. */
      created_by: string;
      /** @description What happens to the units: scrap, rework, or downgrade (sold for less). */
      disposition: components['schemas']['Disposition'];
      /** @description The quantity as it was given; null: in the product's own unit. */
      given_quantity: number | null;
      /** @description The unit that it was given in; null: the product's own. */
      given_unit: string | null;
      /** @description What a unit of given_unit costs, US dollars; null: unit_cost is as it was given. */
      given_unit_cost: number | null;
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /**
       * Format: uuid
       * @description UUID of the line.
       */
      line_id: string;
      /** @description Notes, free text. */
      note: string | null;
      /** @description production or startup: the ramp-up of a batch, which is startup loss. */
      phase: components['schemas']['Phase'];
      /**
       * Format: uuid
       * @description UUID of the product.
       */
      product_id: string | null;
      /** @description Units of product. */
      quantity: number;
      /** @description The kind of reason in the tenant's own words. */
      reason_category: string | null;
      /** @description The reason in the tenant's own tree, or the line system's own word for it. */
      reason_code: string | null;
      /** @description Who reported it; default the caller. */
      reported_by: string | null;
      /** @description The tenant that owns it. It comes from the token, never from a request. */
      tenant_id: string;
      /** @description The unit that quantities of the product are counted in, as ea or kg. */
      unit: string;
      /** @description What a unit costs, US dollars. On scrap, null: the product's own. */
      unit_cost: number | null;
      /**
       * Format: date-time
       * @description When the row was changed last.
       */
      updated_at: string;
      /** @description Who changed it last: a person, an API key, a line system or a service. */
      updated_by: string;
      /** @description Counts the changes of the row, from 1. It is the ETag; send it back as If-Match to change only what you have seen. */
      version: number;
      /** @description Why it was voided. */
      void_reason: string | null;
      /**
       * Format: date-time
       * @description When it was voided; null: it stands.
       */
      voided_at: string | null;
    };
    SensorView: {
      /** @description Which limit is breached now; null: none. */
      breached_side: ('low' | 'high') | null;
      /**
       * Format: date-time
       * @description Since when the values are beyond the limit that is breached; null: none is breached.
       */
      breached_since: string | null;
      /** @description What other systems call it. It is unique in its kind. */
      code: string;
      /**
       * Format: date-time
       * @description When the row was written first.
       */
      created_at: string;
      /** @description Who wrote it first: a person, an API key, a line system or a service. */
      created_by: string;
      /** @description How far a value must come back within a breached limit before the breach is over, in the unit of the sensor. */
      deadband: number;
      /** @description How long values must stay beyond a limit before that is a breach. Seconds. */
      delay_seconds: number;
      /** @description A good reading above it is a breach, in the sensor's unit; null: no limit. */
      high_limit: number | null;
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /** @description What kind of thing the sensor measures, as temperature. */
      kind: string;
      /**
       * Format: date-time
       * @description When the newest reading was taken; null: there is none.
       */
      last_at: string | null;
      /** @description The newest reading, in the sensor's unit; null: there is none. */
      last_value: number | null;
      /** @description The code of the line. */
      line_code: string;
      /**
       * Format: uuid
       * @description UUID of the line.
       */
      line_id: string;
      /** @description A good reading below it is a breach, in the sensor's unit; null: no limit. */
      low_limit: number | null;
      /** @description What people call it. */
      name: string;
      /** @description The tenant that owns it. It comes from the token, never from a request. */
      tenant_id: string;
      /** @description The unit of the readings, as °C. */
      unit: string;
      /**
       * Format: date-time
       * @description When the row was changed last.
       */
      updated_at: string;
      /** @description Who changed it last: a person, an API key, a line system or a service. */
      updated_by: string;
      /** @description Counts the changes of the row, from 1. It is the ETag; send it back as If-Match to change only what you have seen. */
      version: number;
    };
    SettingsView: {
      /**
       * Format: uuid
       * @description UUID of the row; null: nobody has changed a setting yet.
       */
      id: string | null;
      /** @description Line events that happened more than so many days before they arrived wait, unless they say "backfill": true. Days; default 35. */
      late_after_days: number;
      /**
       * Format: date-time
       * @description When a setting was changed last; null: never.
       */
      updated_at: string | null;
      /** @description Who changed a setting last; null: nobody. */
      updated_by: string | null;
      /** @description Counts the changes; 0: nobody has changed a setting yet. */
      version: number;
    };
    ShiftsView: {
      /** @description Dates that differ from the week, as holidays. */
      exceptions: {
        /**
         * Format: date
         * @description The day in the plant's own zone on which the shifts begin, as 2026-11-22.
         */
        date: string;
        /** @description The shifts that begin on that day instead; empty: nobody works. */
        shifts: {
          /**
           * @description Breaks within the shift: planned stops of every line.
           * @default []
           */
          breaks: {
            /** @description Time of day in the plant's zone, as 14:00; one that is not after the start lies on the next day, 24:00 is midnight. */
            end: string;
            /** @description Time of day in the plant's zone, as 06:00. */
            start: string;
          }[];
          /** @description Time of day in the plant's zone, as 14:00; one that is not after the start lies on the next day, 24:00 is midnight. */
          end: string;
          /** @description What people call it. */
          name: string;
          /** @description Time of day in the plant's zone, as 06:00. */
          start: string;
        }[];
      }[];
      /**
       * Format: uuid
       * @description UUID of the plant.
       */
      plant_id: string;
      /** @description IANA time zone, as America/New_York. Days and shifts of the plant are in it. */
      timezone: string;
      /**
       * Format: date-time
       * @description The instant from which it is in force; default now. In a version, null: the first one, which has no start.
       */
      valid_from: string | null;
      /** @description Counts the changes of the row, from 1. It is the ETag; send it back as If-Match to change only what you have seen. */
      version: number;
      /** @description All versions, ordered by valid_from. The first one (valid_from null) has no start. */
      versions: components['schemas']['CalendarVersion'][];
      /** @description The shifts of every week; null: no calendar, every hour is scheduled. */
      weekly:
        | {
            /**
             * @description Breaks within the shift: planned stops of every line.
             * @default []
             */
            breaks: {
              /** @description Time of day in the plant's zone, as 14:00; one that is not after the start lies on the next day, 24:00 is midnight. */
              end: string;
              /** @description Time of day in the plant's zone, as 06:00. */
              start: string;
            }[];
            /** @description Time of day in the plant's zone, as 14:00; one that is not after the start lies on the next day, 24:00 is midnight. */
            end: string;
            /** @description What people call it. */
            name: string;
            /** @description Time of day in the plant's zone, as 06:00. */
            start: string;
            /** @description The days on which the shift begins, as in ISO 8601: Monday is 1. */
            weekdays: number[];
          }[]
        | null;
    };
    Trial: {
      /** @description What the model's system calls its proposal. */
      ai_suggestion_id: string | null;
      /**
       * Format: uuid
       * @description UUID of the batch.
       */
      batch_id: string | null;
      /** @description Why it was cancelled. */
      cancellation_reason: string | null;
      /**
       * Format: date-time
       * @description When it was cancelled; default now.
       */
      cancelled_at: string | null;
      /**
       * Format: date-time
       * @description When it was completed; default now.
       */
      completed_at: string | null;
      /**
       * Format: date-time
       * @description When the row was written first.
       */
      created_at: string;
      /** @description Who wrote it first: a person, an API key, a line system or a service. */
      created_by: string;
      /** @description A description, in words. */
      description: string | null;
      /** @description What should come out. */
      expected_outcome: string | null;
      /** @description What is expected to be true. */
      hypothesis: string | null;
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /** @description What was learned. */
      learnings: string | null;
      /**
       * Format: uuid
       * @description UUID of the line.
       */
      line_id: string;
      /** @description What people call it. */
      name: string;
      /** @description What was seen. */
      observations: string | null;
      /** @description Settings of the trial, free JSON; default {}. */
      parameters: {
        [key: string]: unknown;
      };
      /**
       * Format: date-time
       * @description When it is planned to end.
       */
      planned_end: string | null;
      /**
       * Format: date-time
       * @description When it is planned to begin.
       */
      planned_start: string | null;
      /**
       * Format: uuid
       * @description UUID of the plant.
       */
      plant_id: string;
      /** @description What should be done next. */
      recommendations: string | null;
      /** @description What came out, free JSON; numbers under the metrics' names are judged. Default {}. */
      results: {
        [key: string]: unknown;
      } | null;
      /**
       * Format: date-time
       * @description When it began; default now.
       */
      started_at: string | null;
      /** @description The status in its life cycle. */
      status: components['schemas']['TrialStatus'];
      /** @description What the trial is judged by: all must hold. Default none. */
      success_criteria: components['schemas']['Criterion'][];
      /** @description Whether a model proposed the trial. */
      suggested_by_ai: boolean;
      /** @description The tenant that owns it. It comes from the token, never from a request. */
      tenant_id: string;
      /** @description T-<year>-<number>, counted from 1 each year. */
      trial_number: string;
      /**
       * Format: date-time
       * @description When the row was changed last.
       */
      updated_at: string;
      /** @description Who changed it last: a person, an API key, a line system or a service. */
      updated_by: string;
      /** @description Counts the changes of the row, from 1. It is the ETag; send it back as If-Match to change only what you have seen. */
      version: number;
      /** @description Whether the trial succeeded; null: the criteria could not be judged. If it is sent, it replaces the judgement by the criteria. */
      was_successful: boolean | null;
    };
    /** @enum {string} */
    TrialStatus: 'planned' | 'in_progress' | 'completed' | 'cancelled';
    Waiting: {
      /** @description What it says, as JSON. */
      body: string;
      /** @description The sender's id of the event; of readings, the code of the sensor. */
      event_id: string;
      /**
       * Format: date-time
       * @description When it says that it happened; null: not known.
       */
      happened_at: string | null;
      /**
       * Format: uuid
       * @description UUID of the row.
       */
      id: string;
      /** @description The kind of the line event; readings: the readings of a sensor. */
      kind: string;
      /** @description The code of the line. */
      line_code: string;
      /** @description Why it waits. too_old: it happened more than late_after_days before it arrived. early: its time comes within 24 hours. clock_ahead: it lies further ahead. released: it waits for its turn. unknown_…: until that is known. */
      reason: string;
      /** @description The service in which it waits. */
      service: string;
      /**
       * Format: date-time
       * @description Since when it waits.
       */
      since: string;
      /** @description The tenant that owns it. It comes from the token, never from a request. */
      tenant_id: string;
      /** @description What it waits for, as line:FILL-9 or product:COLA-05; else the reason again. */
      waits_for: string;
    };
  };
  responses: {
    /** @description `already_exists`: Already exists. `in_progress`: Same request in progress. */
    AlreadyExistsOrInProgress: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `body_too_large`: Body too large. */
    BodyTooLarge: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `forbidden`: Not allowed. `unknown_tenant`: Unknown tenant. */
    ForbiddenOrUnknownTenant: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `illegal_transition`: Not possible in this state. `already_exists`: Already exists. `overlap`: Overlaps another row. `in_progress`: Same request in progress. */
    IllegalTransitionOrAlreadyExistsOrOverlapOrInProgress: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `illegal_transition`: Not possible in this state. `in_progress`: Same request in progress. */
    IllegalTransitionOrInProgress: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `illegal_transition`: Not possible in this state. `overlap`: Overlaps another row. `in_progress`: Same request in progress. */
    IllegalTransitionOrOverlapOrInProgress: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `in_progress`: Same request in progress. */
    InProgress: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `internal`: Internal error. */
    Internal: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `invalid`: Invalid request. */
    Invalid: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `invalid`: Invalid request. `key_reused`: Idempotency-Key used for another request. */
    InvalidOrKeyReused: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `malformed_json`: Malformed JSON. */
    MalformedJson: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `not_found`: Not found. */
    NotFound: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `outcome_unknown`: No answer in time, outcome unknown. */
    OutcomeUnknown: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `overlap`: Overlaps another row. `in_progress`: Same request in progress. */
    OverlapOrInProgress: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `service_unavailable`: Service unavailable. */
    ServiceUnavailable: {
      headers: {
        'Retry-After': components['headers']['RetryAfter'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `stale_version`: Row changed since it was read. */
    StaleVersion: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `too_many_requests`: Too many requests. */
    TooManyRequests: {
      headers: {
        'Retry-After': components['headers']['RetryAfter'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `unauthenticated`: Authentication required. */
    Unauthenticated: {
      headers: {
        'WWW-Authenticate': components['headers']['WwwAuthenticate'];
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
    /** @description `unsupported_media_type`: Unsupported media type. */
    UnsupportedMediaType: {
      headers: {
        [name: string]: unknown;
      };
      content: {
        'application/problem+json': components['schemas']['Problem'];
      };
    };
  };
  parameters: {
    /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
    IdempotencyKey: string;
    /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
    IfMatch: string;
    /** @description The ETag of the row as you have it, or several: if it is still the same, the answer is 304 without a body. */
    IfNoneMatch: string;
  };
  requestBodies: never;
  headers: {
    /** @description The version of the row, as "3": send it back as If-Match. */
    ETag: string;
    /** @description There, and true, when this is the answer to an earlier request with the same Idempotency-Key. */
    IdempotencyReplayed: 'true';
    /** @description The path of the row that was made. */
    Location: string;
    /** @description Seconds to wait before the request is sent again. */
    RetryAfter: number;
    /** @description How to authenticate. */
    WwwAuthenticate: string;
  };
  pathItems: never;
}
export type $defs = Record<string, never>;
export interface operations {
  gatewayListApiKeys: {
    parameters: {
      query?: {
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description Whether it is in use. If not, it stays on record. */
        is_active?: boolean;
        /** @description Rows on a page. */
        limit?: number;
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'created_at' | '-created_at';
        /** @description Rows that were written or changed at this instant or later (updated_at); RFC 3339 with its zone. Between the years 2000 and 2099. */
        updated_since?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['ApiKey'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  gatewayCreateApiKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: date-time
           * @description Until when the key is good; null: until it is revoked.
           * @default null
           */
          expires_at?: string | null;
          /** @description What the key is for. */
          name: string;
          /**
           * @description The role that the key gives: viewer, operator, engineer or admin. Each may do what the ones before it may.
           * @enum {string}
           */
          role: 'viewer' | 'operator' | 'engineer' | 'admin';
        };
      };
    };
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /**
             * Format: date-time
             * @description When the row was written first.
             */
            created_at: string;
            /** @description Who wrote it first: a person, an API key, a line system or a service. */
            created_by: string;
            /**
             * Format: date-time
             * @description Until when the key is good; null: until it is revoked.
             */
            expires_at: string | null;
            /**
             * Format: uuid
             * @description UUID of the row.
             */
            id: string;
            /** @description The key itself, for the header X-API-Key. It is answered once and stored nowhere; null: it was answered before. */
            key: string | null;
            /** @description How the key begins, to distinguish keys. */
            key_prefix: string;
            /**
             * Format: date-time
             * @description When it was used last, to the minute or so; null: never.
             */
            last_used_at: string | null;
            /** @description What the key is for. */
            name: string;
            /**
             * Format: date-time
             * @description When it was revoked; null: it is good.
             */
            revoked_at: string | null;
            /**
             * @description The role that the key gives: viewer, operator, engineer or admin. Each may do what the ones before it may.
             * @enum {string}
             */
            role: 'viewer' | 'operator' | 'engineer' | 'admin';
            /** @description The tenant that owns it. It comes from the token, never from a request. */
            tenant_id: string;
            /**
             * Format: date-time
             * @description When the row was changed last.
             */
            updated_at: string;
            /** @description Who changed it last: a person, an API key, a line system or a service. */
            updated_by: string;
            /** @description Counts the changes of the row, from 1. It is the ETag; send it back as If-Match to change only what you have seen. */
            version: number;
          };
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      409: components['responses']['InProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  gatewayRevokeApiKey: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ApiKey'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionListBatches: {
    parameters: {
      query?: {
        /** @description The number of the batch in other systems. It is unique on its line. */
        batch_number?: string;
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description Where the window begins, inclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        from?: string;
        /** @description Rows on a page. */
        limit?: number;
        /** @description UUID of the line. */
        line_id?: string;
        /** @description UUID of the plant. */
        plant_id?: string;
        /** @description UUID of the product. */
        product_id?: string;
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'created_at' | '-created_at';
        /** @description The status in its life cycle. */
        status?: components['schemas']['BatchStatus'];
        /** @description Where the window ends, exclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        to?: string;
        /** @description Rows that were written or changed at this instant or later (updated_at); RFC 3339 with its zone. Between the years 2000 and 2099. */
        updated_since?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['Batch'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionPlanBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description The number of the batch in other systems. It is unique on its line. */
          batch_number: string;
          /**
           * Format: uuid
           * @description UUID of the line.
           */
          line_id: string;
          /**
           * @description Notes, free text.
           * @default null
           */
          notes?: string | null;
          /**
           * @description Who runs it.
           * @default null
           */
          operator?: string | null;
          /**
           * Format: date-time
           * @description When it is planned to end. Between the years 2000 and 2099.
           * @default null
           */
          planned_end?: string | null;
          /**
           * @description Planned order quantity (ISO 22400 POQ), in units. Rounded to 6 decimals.
           * @default null
           */
          planned_quantity?: number | null;
          /**
           * Format: date-time
           * @description When it is planned to begin. Between the years 2000 and 2099.
           * @default null
           */
          planned_start?: string | null;
          /**
           * Format: uuid
           * @description UUID of the product.
           * @default null
           */
          product_id?: string | null;
          /** @description The unit that the quantities are in: the product's own or one of its other units. Default: its own. */
          unit?: string;
        };
      };
    };
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Batch'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      409: components['responses']['AlreadyExistsOrInProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionGetBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the row as you have it, or several: if it is still the same, the answer is 304 without a body. */
        'If-None-Match'?: components['parameters']['IfNoneMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Batch'];
        };
      };
      /** @description You have this version. */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionUpdateBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description The number of the batch in other systems. It is unique on its line. */
          batch_number?: string;
          /**
           * Format: date-time
           * @description When it was completed; default now. Between the years 2000 and 2099.
           */
          completed_at?: string;
          /** @description Good quantity (ISO 22400 GQ), in units. As the total of a batch it overrules the counts; null: the counts stand. Rounded to 6 decimals. */
          good_count?: number | null;
          /** @description Material that went in, in units of product: what came out less is yield loss; null: not known. Rounded to 6 decimals. */
          material_input?: number | null;
          /** @description Notes, free text. */
          notes?: string | null;
          /** @description Who runs it. */
          operator?: string | null;
          /**
           * Format: date-time
           * @description When it is planned to end. Between the years 2000 and 2099.
           */
          planned_end?: string | null;
          /** @description Planned order quantity (ISO 22400 POQ), in units. Rounded to 6 decimals. */
          planned_quantity?: number | null;
          /**
           * Format: date-time
           * @description When it is planned to begin. Between the years 2000 and 2099.
           */
          planned_start?: string | null;
          /**
           * Format: uuid
           * @description UUID of the product.
           */
          product_id?: string | null;
          /** @description Rework quantity (ISO 22400 RQ), reworked or downgraded, in units; null: the scrap events stand. Rounded to 6 decimals. */
          rework_count?: number | null;
          /** @description Production scrap (ISO 22400 SQ), in units; null: the counts and scrap events stand. Rounded to 6 decimals. */
          scrap_count?: number | null;
          /**
           * Format: date-time
           * @description When it began; default now. Between the years 2000 and 2099.
           */
          started_at?: string;
          /** @description Units scrapped while the batch started up; null: the scrap events stand. Rounded to 6 decimals. */
          startup_scrap_count?: number | null;
          /** @description The unit that the quantities are in: the product's own or one of its other units. Default: its own. */
          unit?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Batch'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrAlreadyExistsOrOverlapOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionUpdateBatchBypatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description The number of the batch in other systems. It is unique on its line. */
          batch_number?: string;
          /**
           * Format: date-time
           * @description When it was completed; default now. Between the years 2000 and 2099.
           */
          completed_at?: string;
          /** @description Good quantity (ISO 22400 GQ), in units. As the total of a batch it overrules the counts; null: the counts stand. Rounded to 6 decimals. */
          good_count?: number | null;
          /** @description Material that went in, in units of product: what came out less is yield loss; null: not known. Rounded to 6 decimals. */
          material_input?: number | null;
          /** @description Notes, free text. */
          notes?: string | null;
          /** @description Who runs it. */
          operator?: string | null;
          /**
           * Format: date-time
           * @description When it is planned to end. Between the years 2000 and 2099.
           */
          planned_end?: string | null;
          /** @description Planned order quantity (ISO 22400 POQ), in units. Rounded to 6 decimals. */
          planned_quantity?: number | null;
          /**
           * Format: date-time
           * @description When it is planned to begin. Between the years 2000 and 2099.
           */
          planned_start?: string | null;
          /**
           * Format: uuid
           * @description UUID of the product.
           */
          product_id?: string | null;
          /** @description Rework quantity (ISO 22400 RQ), reworked or downgraded, in units; null: the scrap events stand. Rounded to 6 decimals. */
          rework_count?: number | null;
          /** @description Production scrap (ISO 22400 SQ), in units; null: the counts and scrap events stand. Rounded to 6 decimals. */
          scrap_count?: number | null;
          /**
           * Format: date-time
           * @description When it began; default now. Between the years 2000 and 2099.
           */
          started_at?: string;
          /** @description Units scrapped while the batch started up; null: the scrap events stand. Rounded to 6 decimals. */
          startup_scrap_count?: number | null;
          /** @description The unit that the quantities are in: the product's own or one of its other units. Default: its own. */
          unit?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Batch'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrAlreadyExistsOrOverlapOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionCancelBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: date-time
           * @description When it was cancelled; default now. Between the years 2000 and 2099.
           */
          cancelled_at?: string;
          /** @description Why it is cancelled or voided. */
          reason: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Batch'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionCompleteBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * Format: date-time
           * @description When it was completed; default now. Between the years 2000 and 2099.
           */
          completed_at?: string;
          /** @description Good quantity (ISO 22400 GQ), in units. As the total of a batch it overrules the counts; null: the counts stand. Rounded to 6 decimals. */
          good_count?: number | null;
          /** @description Material that went in, in units of product: what came out less is yield loss; null: not known. Rounded to 6 decimals. */
          material_input?: number | null;
          /** @description Notes, free text. */
          notes?: string | null;
          /** @description Rework quantity (ISO 22400 RQ), reworked or downgraded, in units; null: the scrap events stand. Rounded to 6 decimals. */
          rework_count?: number | null;
          /** @description Production scrap (ISO 22400 SQ), in units; null: the counts and scrap events stand. Rounded to 6 decimals. */
          scrap_count?: number | null;
          /** @description Units scrapped while the batch started up; null: the scrap events stand. Rounded to 6 decimals. */
          startup_scrap_count?: number | null;
          /** @description The unit that the quantities are in: the product's own or one of its other units. Default: its own. */
          unit?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Batch'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionListCounts: {
    parameters: {
      query?: {
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description Where the window begins, inclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        from?: string;
        /** @description Rows on a page. */
        limit?: number;
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'at' | '-at';
        /** @description Where the window ends, exclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        to?: string;
        /** @description Rows that were written or changed at this instant or later (updated_at); RFC 3339 with its zone. Between the years 2000 and 2099. */
        updated_since?: string;
      };
      header?: never;
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['Count'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionLogCount: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: date-time
           * @description When it happened, RFC 3339 with its zone. In a command, default now. Between the years 2000 and 2099.
           */
          at?: string;
          /** @description Good units made since the count before. Rounded to 6 decimals. */
          good: number;
          /**
           * @description Rejected units made since the count before. Rounded to 6 decimals.
           * @default 0
           */
          reject?: number;
          /** @description The unit that the quantities are in: the product's own or one of its other units. Default: its own. */
          unit?: string;
        };
      };
    };
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Count'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrInProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionVoidCount: {
    parameters: {
      query?: {
        /** @description Why it is cancelled or voided. */
        reason?: string;
      };
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the count. */
        count_id: string;
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description Why it is cancelled or voided. */
          reason: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Count'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionPauseBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * Format: date-time
           * @description When it was paused; default now. Between the years 2000 and 2099.
           */
          paused_at?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Batch'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionResumeBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description true: take the line from the batch that has it, which goes on when this one ends or pauses. Default: refuse. */
          interrupt?: boolean;
          /**
           * Format: date-time
           * @description When it was resumed; default now. Between the years 2000 and 2099.
           */
          resumed_at?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Batch'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrOverlapOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionStartBatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description true: take the line from the batch that has it, which goes on when this one ends or pauses. Default: refuse. */
          interrupt?: boolean;
          /** @description Who runs it. */
          operator?: string | null;
          /**
           * Format: date-time
           * @description When it began; default now. Between the years 2000 and 2099.
           */
          started_at?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Batch'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrOverlapOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  connectListConnections: {
    parameters: {
      query?: {
        /** @description What other systems call it. It is unique in its kind. */
        code?: string;
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description Whether it is in use. If not, it stays on record. */
        is_active?: boolean;
        /** @description Rows on a page. */
        limit?: number;
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'created_at' | '-created_at';
        /** @description Rows that were written or changed at this instant or later (updated_at); RFC 3339 with its zone. Between the years 2000 and 2099. */
        updated_since?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['ConnectionView'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  connectCreateConnection: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * @description The certificate (PEM) that signed the broker's, for mqtts; null: those that everybody trusts.
           * @default null
           */
          ca_certificate?: string | null;
          /** @description The name of the session at the broker. It must be used by nothing else. Default: plantops, the tenant and the code. */
          client_id?: string;
          /** @description What other systems call it. It is unique in its kind. */
          code: string;
          /**
           * @description Whether it is in use. If not, it stays on record.
           * @default true
           */
          is_active?: boolean;
          /** @description What people call it. */
          name: string;
          /**
           * @description The password at the broker; null: none. It is never given back.
           * @default null
           */
          password?: string | null;
          /**
           * @description The version of MQTT: default 3.1.1, which every broker has.
           * @default 3.1.1
           * @enum {string}
           */
          protocol?: '5' | '3.1.1';
          /** @description The topic filters to subscribe to, as line/+/count or spBv1.0/Akron/#. */
          topics: string[];
          /** @description Where the broker is: mqtt://host:1883, or mqtts://host:8883 over TLS. Addresses of the platform itself are refused. */
          url: string;
          /**
           * @description The user at the broker; null: none.
           * @default null
           */
          username?: string | null;
        };
      };
    };
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectionView'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      409: components['responses']['AlreadyExistsOrInProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  connectGetConnection: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the row as you have it, or several: if it is still the same, the answer is 304 without a body. */
        'If-None-Match'?: components['parameters']['IfNoneMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectionView'];
        };
      };
      /** @description You have this version. */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  connectUpdateConnection: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description The certificate (PEM) that signed the broker's, for mqtts; null: those that everybody trusts. */
          ca_certificate?: string | null;
          /** @description The name of the session at the broker. It must be used by nothing else. Default: plantops, the tenant and the code. */
          client_id?: string;
          /** @description Whether it is in use. If not, it stays on record. */
          is_active?: boolean;
          /** @description What people call it. */
          name?: string;
          /** @description The password at the broker; null: none. It is never given back. */
          password?: string | null;
          /**
           * @description The version of MQTT: default 3.1.1, which every broker has.
           * @enum {string}
           */
          protocol?: '5' | '3.1.1';
          /** @description The topic filters to subscribe to, as line/+/count or spBv1.0/Akron/#. */
          topics?: string[];
          /** @description Where the broker is: mqtt://host:1883, or mqtts://host:8883 over TLS. Addresses of the platform itself are refused. */
          url?: string;
          /** @description The user at the broker; null: none. */
          username?: string | null;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectionView'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['InProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  connectUpdateConnectionBypatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description The certificate (PEM) that signed the broker's, for mqtts; null: those that everybody trusts. */
          ca_certificate?: string | null;
          /** @description The name of the session at the broker. It must be used by nothing else. Default: plantops, the tenant and the code. */
          client_id?: string;
          /** @description Whether it is in use. If not, it stays on record. */
          is_active?: boolean;
          /** @description What people call it. */
          name?: string;
          /** @description The password at the broker; null: none. It is never given back. */
          password?: string | null;
          /**
           * @description The version of MQTT: default 3.1.1, which every broker has.
           * @enum {string}
           */
          protocol?: '5' | '3.1.1';
          /** @description The topic filters to subscribe to, as line/+/count or spBv1.0/Akron/#. */
          topics?: string[];
          /** @description Where the broker is: mqtt://host:1883, or mqtts://host:8883 over TLS. Addresses of the platform itself are refused. */
          url?: string;
          /** @description The user at the broker; null: none. */
          username?: string | null;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ConnectionView'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['InProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  connectDryRun: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path: {
        /** @description UUID of the connection. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description The mapping to try. Left out: the mappings of the connection. */
          mapping?: {
            /** @description Where each field of the line event comes from. Without at, it is when the message arrived; id is the sender’s own number of the message. */
            fields: {
              [key: string]: components['schemas']['MappingSource'];
            };
            /**
             * @description What the payload is: JSON, a text, or Sparkplug B. Paths in Sparkplug B see one metric: name, value, timestamp.
             * @default json
             * @enum {string}
             */
            format?: 'json' | 'text' | 'sparkplug';
            /**
             * @description The kind of line event that a message becomes.
             * @enum {string}
             */
            kind:
              | 'state'
              | 'downtime.started'
              | 'downtime.ended'
              | 'count'
              | 'counter'
              | 'scrap'
              | 'batch.started'
              | 'batch.paused'
              | 'batch.resumed'
              | 'batch.completed';
            /** @description Where the code of the line comes from. */
            line: components['schemas']['MappingSource'];
            /**
             * @description The name of the metric of Sparkplug B; null for other formats.
             * @default null
             */
            metric?: string | null;
            /** @description The topics of the messages that it maps; + is any level, # all that follow. */
            topic: string;
          };
        };
      };
    };
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The last message of up to 200 topics, the newest first. */
            items: {
              /** @description The size of its payload, bytes. */
              bytes: number;
              /** @description The line events that it becomes. */
              events: {
                /** @description The line event, without the id that the message gives it. */
                body: unknown;
                /** @description The kind of the line event. */
                kind: string;
                /** @description The code of the line. */
                line_code: string;
              }[];
              /** @description The beginning of its payload as text, at most 1000 characters. */
              payload: string;
              /** @description Why it becomes none, or fewer than there are mappings for it. */
              reasons: string[];
              /**
               * Format: date-time
               * @description When the message arrived.
               */
              received_at: string;
              /** @description The topic of the message. */
              topic: string;
            }[];
          };
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['InProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  connectListRejections: {
    parameters: {
      query?: {
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description The sender's id of the event. */
        event_id?: string;
        /** @description Rejected at this instant or later; RFC 3339 with its zone. Between the years 2000 and 2099. */
        from?: string;
        /** @description The kind of the line event, as its subject named it. */
        kind?: string;
        /** @description Rows on a page. */
        limit?: number;
        /** @description The code of the line, as the subject named it. */
        line_code?: string;
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'rejected_at' | '-rejected_at';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['Rejection'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionListDeadLetters: {
    parameters: {
      query?: {
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description Whether it has been replayed. */
        is_replayed?: boolean;
        /** @description Rows on a page. */
        limit?: number;
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'parked_at' | '-parked_at';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['DeadLetter'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionReplayDeadLetter: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DeadLetter'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrInProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  downtimesListReasons: {
    parameters: {
      query?: {
        /** @description The kind of reason that stops with it have. */
        category?: components['schemas']['ReasonCategory'];
        /** @description The code of the reason, unique in the tree. */
        code?: string;
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description Whether it is in use. If not, it stays on record. */
        is_active?: boolean;
        /** @description Rows on a page. */
        limit?: number;
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'created_at' | '-created_at';
        /** @description Rows that were written or changed at this instant or later (updated_at); RFC 3339 with its zone. Between the years 2000 and 2099. */
        updated_since?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['Reason'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  downtimesSetReasons: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description The whole tree; the reasons left out are retired. */
          items: {
            /** @description The kind of reason that stops with it have. */
            category: components['schemas']['ReasonCategory'];
            /** @description The code of the reason, unique in the tree. */
            code: string;
            /**
             * @description Whether its time counts as not scheduled at all: in no OEE, and without a loss.
             * @default false
             */
            is_excluded?: boolean;
            /** @description Whether it is a failure of the equipment: it counts in MTBF and MTTR. */
            is_failure?: boolean;
            /** @description Planned down time (ISO 22400), outside planned busy time. Default: as the reason says, else true for break and no_demand alone. */
            is_planned?: boolean;
            /** @description Whether its loss could not have been avoided. */
            is_unavoidable?: boolean;
            /** @description What people call it. */
            name: string;
            /**
             * @description The code of the reason above it in the tree; null: none.
             * @default null
             */
            parent_code?: string | null;
          }[];
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['Reason'][];
          };
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      409: components['responses']['InProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  downtimesList: {
    parameters: {
      query?: {
        /** @description UUID of the batch. */
        batch_id?: string;
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description Where the window begins, inclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        from?: string;
        /** @description Planned down time (ISO 22400), outside planned busy time. Default: as the reason says, else true for break and no_demand alone. */
        is_planned?: boolean;
        /** @description Rows on a page. */
        limit?: number;
        /** @description UUID of the line. */
        line_id?: string;
        /** @description UUID of the plant. */
        plant_id?: string;
        /** @description The kind of reason. Default: that of the reason_code, else unknown. */
        reason_category?: components['schemas']['ReasonCategory'];
        /** @description The reason in the tenant's own tree, or the line system's own word for it. */
        reason_code?: string;
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'start_time' | '-start_time' | 'created_at' | '-created_at';
        /** @description The status in its life cycle. */
        status?: 'open' | 'ended';
        /** @description Where the window ends, exclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        to?: string;
        /** @description Rows that were written or changed at this instant or later (updated_at); RFC 3339 with its zone. Between the years 2000 and 2099. */
        updated_since?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['DowntimeView'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  downtimesStart: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description UUID of the batch.
           */
          batch_id?: string | null;
          /** @description A description, in words. */
          description?: string | null;
          /**
           * Format: date-time
           * @description When the stop ended; null: it is open. Between the years 2000 and 2099.
           */
          end_time?: string | null;
          /** @description Planned down time (ISO 22400), outside planned busy time. Default: as the reason says, else true for break and no_demand alone. */
          is_planned?: boolean;
          /**
           * Format: uuid
           * @description UUID of the line.
           */
          line_id: string;
          /**
           * @description production or startup: the ramp-up of a batch, which is startup loss.
           * @default production
           */
          phase?: components['schemas']['Phase'];
          /** @description The kind of reason. Default: that of the reason_code, else unknown. */
          reason_category?: components['schemas']['ReasonCategory'];
          /** @description The reason in the tenant's own tree, or the line system's own word for it. */
          reason_code?: string | null;
          /** @description Who reported it; default the caller. */
          reported_by?: string | null;
          /** @description What was done about it. */
          resolution?: string | null;
          /** @description Who resolved it; default the caller. */
          resolved_by?: string | null;
          /** @description What caused it. */
          root_cause?: string | null;
          /**
           * Format: date-time
           * @description When the stop began; default now. Between the years 2000 and 2099.
           */
          start_time?: string;
          /** @description Units that somebody says were lost, for the record; no money is computed from it. Rounded to 6 decimals. */
          units_lost?: number | null;
        };
      };
    };
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Downtime'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      409: components['responses']['OverlapOrInProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  downtimesGet: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the row as you have it, or several: if it is still the same, the answer is 304 without a body. */
        'If-None-Match'?: components['parameters']['IfNoneMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['DowntimeView'];
        };
      };
      /** @description You have this version. */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  downtimesAmend: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description UUID of the batch.
           */
          batch_id?: string | null;
          /** @description A description, in words. */
          description?: string | null;
          /**
           * Format: date-time
           * @description When the stop ended; null: it is open. Between the years 2000 and 2099.
           */
          end_time?: string;
          /** @description Planned down time (ISO 22400), outside planned busy time. Default: as the reason says, else true for break and no_demand alone. */
          is_planned?: boolean;
          /** @description production or startup: the ramp-up of a batch, which is startup loss. */
          phase?: components['schemas']['Phase'];
          /** @description The kind of reason. Default: that of the reason_code, else unknown. */
          reason_category?: components['schemas']['ReasonCategory'];
          /** @description The reason in the tenant's own tree, or the line system's own word for it. */
          reason_code?: string | null;
          /** @description Who reported it; default the caller. */
          reported_by?: string | null;
          /** @description What was done about it. */
          resolution?: string | null;
          /** @description Who resolved it; default the caller. */
          resolved_by?: string | null;
          /** @description What caused it. */
          root_cause?: string | null;
          /**
           * Format: date-time
           * @description When the stop began; default now. Between the years 2000 and 2099.
           */
          start_time?: string;
          /** @description Units that somebody says were lost, for the record; no money is computed from it. Rounded to 6 decimals. */
          units_lost?: number | null;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Downtime'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrOverlapOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  downtimesVoid: {
    parameters: {
      query?: {
        /** @description Why it is cancelled or voided. */
        reason?: string;
      };
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description Why it is cancelled or voided. */
          reason: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Downtime'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  downtimesAmendBypatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description UUID of the batch.
           */
          batch_id?: string | null;
          /** @description A description, in words. */
          description?: string | null;
          /**
           * Format: date-time
           * @description When the stop ended; null: it is open. Between the years 2000 and 2099.
           */
          end_time?: string;
          /** @description Planned down time (ISO 22400), outside planned busy time. Default: as the reason says, else true for break and no_demand alone. */
          is_planned?: boolean;
          /** @description production or startup: the ramp-up of a batch, which is startup loss. */
          phase?: components['schemas']['Phase'];
          /** @description The kind of reason. Default: that of the reason_code, else unknown. */
          reason_category?: components['schemas']['ReasonCategory'];
          /** @description The reason in the tenant's own tree, or the line system's own word for it. */
          reason_code?: string | null;
          /** @description Who reported it; default the caller. */
          reported_by?: string | null;
          /** @description What was done about it. */
          resolution?: string | null;
          /** @description Who resolved it; default the caller. */
          resolved_by?: string | null;
          /** @description What caused it. */
          root_cause?: string | null;
          /**
           * Format: date-time
           * @description When the stop began; default now. Between the years 2000 and 2099.
           */
          start_time?: string;
          /** @description Units that somebody says were lost, for the record; no money is computed from it. Rounded to 6 decimals. */
          units_lost?: number | null;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Downtime'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrOverlapOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  downtimesAcknowledge: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * Format: date-time
           * @description When somebody acknowledged the stop; default now. Between the years 2000 and 2099.
           */
          acknowledged_at?: string;
          /** @description Who acknowledged the stop and works on it; default the caller. */
          acknowledged_by?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Downtime'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  downtimesEnd: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description A description, in words. */
          description?: string | null;
          /**
           * Format: date-time
           * @description When the stop ended; null: it is open. Between the years 2000 and 2099.
           */
          end_time?: string;
          /** @description The kind of reason. Default: that of the reason_code, else unknown. */
          reason_category?: components['schemas']['ReasonCategory'];
          /** @description The reason in the tenant's own tree, or the line system's own word for it. */
          reason_code?: string | null;
          /** @description What was done about it. */
          resolution?: string | null;
          /** @description Who resolved it; default the caller. */
          resolved_by?: string | null;
          /** @description What caused it. */
          root_cause?: string | null;
          /** @description Units that somebody says were lost, for the record; no money is computed from it. Rounded to 6 decimals. */
          units_lost?: number | null;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Downtime'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrOverlapOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  downtimesSplit: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: date-time
           * @description Where the stop is split, between its start_time and its end_time. Between the years 2000 and 2099.
           */
          at: string;
          /** @description A description, in words. */
          description?: string | null;
          /** @description Planned down time (ISO 22400), outside planned busy time. Default: as the reason says, else true for break and no_demand alone. */
          is_planned?: boolean;
          /** @description production or startup: the ramp-up of a batch, which is startup loss. */
          phase?: components['schemas']['Phase'];
          /** @description The kind of reason. Default: that of the reason_code, else unknown. */
          reason_category?: components['schemas']['ReasonCategory'];
          /** @description The reason in the tenant's own tree, or the line system's own word for it. */
          reason_code?: string | null;
        };
      };
    };
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['Downtime'][];
          };
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  moneyLeaksByReason: {
    parameters: {
      query?: {
        /** @description Where the window begins, inclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        from?: string;
        /** @description UUID of the line. */
        line_id?: string;
        /** @description UUID of the plant. */
        plant_id?: string;
        /** @description UUID of the product. */
        product_id?: string;
        /** @description What the entries are ranked by and their shares are of. */
        rank_by?: 'minutes' | 'count' | 'cost_usd';
        /** @description Where the window ends, exclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: {
              /** @description What the stops have cost in the window, US dollars to the cent. */
              cost_usd: number;
              /** @description Stops that start in the window. */
              count: number;
              /** @description Sum of the shares of this entry and all entries before it, percent 0 to 100; null: the total is 0. */
              cumulative_percentage: number | null;
              /** @description Time that the stops hold in the window, minutes; where reports overlap, one of them holds it. */
              minutes: number;
              /** @description Share of the total, percent 0 to 100; null: the total is 0. */
              percentage: number | null;
              /** @description The kind of reason. Default: that of the reason_code, else unknown. */
              reason_category: components['schemas']['ReasonCategory'];
              /** @description The reason in the tenant's own tree, or the line system's own word for it. */
              reason_code: string | null;
            }[];
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  moneyLeaksReliability: {
    parameters: {
      query?: {
        /** @description Where the window begins, inclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        from?: string;
        /** @description What to group by; left out: the total alone. */
        group_by?: 'line' | 'plant' | 'reason';
        /** @description UUID of the line. */
        line_id?: string;
        /** @description UUID of the plant. */
        plant_id?: string;
        /** @description Where the window ends, exclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: {
              /** @description Failures that start in the window. */
              failures: number;
              /** @description What the row stands for: the id of a line or product, a day, a shift, a reason; null: none. */
              group: string;
              /** @description The group's name, for people. */
              label: string;
              /** @description Mean time between failures (ISO 22400 MTBF) = APT ÷ failures, minutes; null: nothing failed. */
              mtbf_minutes: number | null;
              /** @description Mean time to acknowledge, minutes; null: none was acknowledged. */
              mtta_minutes: number | null;
              /** @description Mean time to repair (ISO 22400 MTTR) of the failures that have ended, minutes; null: none has ended. */
              mttr_minutes: number | null;
            }[];
            /** @description All groups together. */
            total: {
              /** @description Failures that start in the window. */
              failures: number;
              /** @description Mean time between failures (ISO 22400 MTBF) = APT ÷ failures, minutes; null: nothing failed. */
              mtbf_minutes: number | null;
              /** @description Mean time to acknowledge, minutes; null: none was acknowledged. */
              mtta_minutes: number | null;
              /** @description Mean time to repair (ISO 22400 MTTR) of the failures that have ended, minutes; null: none has ended. */
              mttr_minutes: number | null;
            };
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionListHistory: {
    parameters: {
      query?: {
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description Rows on a page. */
        limit?: number;
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'time' | '-time';
      };
      header?: never;
      path: {
        /** @description UUID of the row. */
        id: string;
        /** @description The kind of row, as in the path of its list. */
        resource:
          | 'plants'
          | 'lines'
          | 'products'
          | 'batches'
          | 'counts'
          | 'scrap'
          | 'downtimes'
          | 'downtime-reasons'
          | 'trials'
          | 'money-leaks'
          | 'sensors'
          | 'connections'
          | 'mappings'
          | 'settings'
          | 'waiting';
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['HistoryEntry'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionListRejections: {
    parameters: {
      query?: {
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description The sender's id of the event. */
        event_id?: string;
        /** @description Rejected at this instant or later; RFC 3339 with its zone. Between the years 2000 and 2099. */
        from?: string;
        /** @description The kind of the line event, as its subject named it. */
        kind?: string;
        /** @description Rows on a page. */
        limit?: number;
        /** @description The code of the line, as the subject named it. */
        line_code?: string;
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'rejected_at' | '-rejected_at';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['Rejection'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionListWaiting: {
    parameters: {
      query?: {
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description The sender's id of the event; of readings, the code of the sensor. */
        event_id?: string;
        /** @description The kind of the line event; readings: the readings of a sensor. */
        kind?: string;
        /** @description Rows on a page. */
        limit?: number;
        /** @description The code of the line. */
        line_code?: string;
        /** @description Why it waits. too_old: it happened more than late_after_days before it arrived. early: its time comes within 24 hours. clock_ahead: it lies further ahead. released: it waits for its turn. unknown_…: until that is known. */
        reason?:
          | 'too_old'
          | 'early'
          | 'clock_ahead'
          | 'released'
          | 'unknown_line'
          | 'unknown_product'
          | 'unknown_unit'
          | 'unknown_state'
          | 'unknown_batch'
          | 'unknown_downtime'
          | 'unknown_sensor';
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'since' | '-since';
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['Waiting'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionDiscardWaiting: {
    parameters: {
      query?: {
        /** @description Why it is cancelled or voided. */
        reason?: string;
      };
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description Why it is cancelled or voided. */
          reason?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Waiting'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['InProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionReleaseWaiting: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Released'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrInProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionReleaseAllWaiting: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description The sender's id of the event; of readings, the code of the sensor. */
          event_id?: string;
          /** @description The kind of the line event; readings: the readings of a sensor. */
          kind?: string;
          /** @description The code of the line. */
          line_code?: string;
          /**
           * @description Why it waits. too_old: it happened more than late_after_days before it arrived. early: its time comes within 24 hours. clock_ahead: it lies further ahead. released: it waits for its turn. unknown_…: until that is known.
           * @enum {string}
           */
          reason?:
            | 'too_old'
            | 'early'
            | 'clock_ahead'
            | 'released'
            | 'unknown_line'
            | 'unknown_product'
            | 'unknown_unit'
            | 'unknown_state'
            | 'unknown_batch'
            | 'unknown_downtime'
            | 'unknown_sensor';
        };
      };
    };
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ReleasedSum'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      409: components['responses']['InProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionListLines: {
    parameters: {
      query?: {
        /** @description What other systems call it. It is unique in its kind. */
        code?: string;
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description Whether it is in use. If not, it stays on record. */
        is_active?: boolean;
        /** @description Rows on a page. */
        limit?: number;
        /** @description UUID of the plant. */
        plant_id?: string;
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'created_at' | '-created_at';
        /** @description Rows that were written or changed at this instant or later (updated_at); RFC 3339 with its zone. Between the years 2000 and 2099. */
        updated_since?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['Line'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionCreateLine: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description What other systems call it. It is unique in its kind. */
          code: string;
          /**
           * @description good: counted good units are good. gross: they contain the rejects, also those that are found later. A good_count that is given is good.
           * @default good
           */
          count_basis?: components['schemas']['CountBasis'];
          /**
           * @description The total after which a counter of the line begins at 0 again, as 1000 for one with three digits; null: it does not.
           * @default null
           */
          counter_modulus?: number | null;
          /** @description What an hour of the line costs, US dollars. Rounded to 4 decimals. */
          hourly_cost: number;
          /** @description Planned run time per item (ISO 22400 PRI), seconds a unit. For a product on a line, null: the line's own. Rounded to 6 decimals. */
          ideal_cycle_seconds: number;
          /**
           * @description Departures from running that are shorter than this, by the states of the line, are no stops: the line runs. Seconds.
           * @default 0
           */
          ignore_stop_seconds?: number;
          /**
           * @description Whether it is in use. If not, it stays on record.
           * @default true
           */
          is_active?: boolean;
          /**
           * @description How long after a batch units that name no batch are still its own; at least one ideal cycle, at most an hour. Seconds.
           * @default 120
           */
          late_unit_seconds?: number;
          /**
           * @description Unplanned stops shorter than this are micro-stops: speed loss rather than down time. Seconds.
           * @default 300
           */
          micro_stop_seconds?: number;
          /** @description What people call it. */
          name: string;
          /**
           * Format: uuid
           * @description UUID of the plant.
           */
          plant_id: string;
          /**
           * @description After so long without a line event in a shift a stop without a signal opens; longer than the usual pauses of the line. null: none does. Seconds.
           * @default null
           */
          silence_seconds?: number | null;
          /**
           * @description What a controller's states mean. Events with a name that is not known wait until it is.
           * @default null
           */
          state_map?: {
            /** @description packml: the state names and numbers of PackML (ANSI/ISA-TR88.00.02) are known. */
            standard?: 'packml' | null;
            /** @description What the controller's own names or numbers mean. They win over those of the standard. */
            states?: {
              [key: string]: {
                /** @description The reason of a stop in it, unless the event names one. */
                reason_code?: string | null;
                /** @description What it means. */
                state: components['schemas']['LineState'];
              };
            };
          } | null;
          /**
           * @description The OEE the line is measured against, as a fraction.
           * @default null
           */
          target_oee?: number | null;
          /**
           * @description Whether an open stop ends, assumed, where line events count good units again, later than late units come. false: parts are fed by hand.
           * @default true
           */
          units_end_stops?: boolean;
          /**
           * @description How many units of product one of a counter is. Rounded to 6 decimals.
           * @default 1
           */
          units_per_pulse?: number;
        };
      };
    };
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Line'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      409: components['responses']['AlreadyExistsOrInProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionGetLine: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the row as you have it, or several: if it is still the same, the answer is 304 without a body. */
        'If-None-Match'?: components['parameters']['IfNoneMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Line'];
        };
      };
      /** @description You have this version. */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionUpdateLine: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description good: counted good units are good. gross: they contain the rejects, also those that are found later. A good_count that is given is good. */
          count_basis?: components['schemas']['CountBasis'];
          /** @description The total after which a counter of the line begins at 0 again, as 1000 for one with three digits; null: it does not. */
          counter_modulus?: number | null;
          /** @description What an hour of the line costs, US dollars. Rounded to 4 decimals. */
          hourly_cost?: number;
          /** @description Planned run time per item (ISO 22400 PRI), seconds a unit. For a product on a line, null: the line's own. Rounded to 6 decimals. */
          ideal_cycle_seconds?: number;
          /** @description Departures from running that are shorter than this, by the states of the line, are no stops: the line runs. Seconds. */
          ignore_stop_seconds?: number;
          /** @description Whether it is in use. If not, it stays on record. */
          is_active?: boolean;
          /** @description How long after a batch units that name no batch are still its own; at least one ideal cycle, at most an hour. Seconds. */
          late_unit_seconds?: number;
          /** @description Unplanned stops shorter than this are micro-stops: speed loss rather than down time. Seconds. */
          micro_stop_seconds?: number;
          /** @description What people call it. */
          name?: string;
          /** @description After so long without a line event in a shift a stop without a signal opens; longer than the usual pauses of the line. null: none does. Seconds. */
          silence_seconds?: number | null;
          /** @description What a controller's states mean. Events with a name that is not known wait until it is. */
          state_map?: {
            /** @description packml: the state names and numbers of PackML (ANSI/ISA-TR88.00.02) are known. */
            standard?: 'packml' | null;
            /** @description What the controller's own names or numbers mean. They win over those of the standard. */
            states?: {
              [key: string]: {
                /** @description The reason of a stop in it, unless the event names one. */
                reason_code?: string | null;
                /** @description What it means. */
                state: components['schemas']['LineState'];
              };
            };
          } | null;
          /** @description The OEE the line is measured against, as a fraction. */
          target_oee?: number | null;
          /** @description Whether an open stop ends, assumed, where line events count good units again, later than late units come. false: parts are fed by hand. */
          units_end_stops?: boolean;
          /** @description How many units of product one of a counter is. Rounded to 6 decimals. */
          units_per_pulse?: number;
          /**
           * Format: date-time
           * @description The instant from which it is in force; default now. In a version, null: the first one, which has no start. Between the years 2000 and 2099.
           */
          valid_from?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Line'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['InProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionUpdateLineBypatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description good: counted good units are good. gross: they contain the rejects, also those that are found later. A good_count that is given is good. */
          count_basis?: components['schemas']['CountBasis'];
          /** @description The total after which a counter of the line begins at 0 again, as 1000 for one with three digits; null: it does not. */
          counter_modulus?: number | null;
          /** @description What an hour of the line costs, US dollars. Rounded to 4 decimals. */
          hourly_cost?: number;
          /** @description Planned run time per item (ISO 22400 PRI), seconds a unit. For a product on a line, null: the line's own. Rounded to 6 decimals. */
          ideal_cycle_seconds?: number;
          /** @description Departures from running that are shorter than this, by the states of the line, are no stops: the line runs. Seconds. */
          ignore_stop_seconds?: number;
          /** @description Whether it is in use. If not, it stays on record. */
          is_active?: boolean;
          /** @description How long after a batch units that name no batch are still its own; at least one ideal cycle, at most an hour. Seconds. */
          late_unit_seconds?: number;
          /** @description Unplanned stops shorter than this are micro-stops: speed loss rather than down time. Seconds. */
          micro_stop_seconds?: number;
          /** @description What people call it. */
          name?: string;
          /** @description After so long without a line event in a shift a stop without a signal opens; longer than the usual pauses of the line. null: none does. Seconds. */
          silence_seconds?: number | null;
          /** @description What a controller's states mean. Events with a name that is not known wait until it is. */
          state_map?: {
            /** @description packml: the state names and numbers of PackML (ANSI/ISA-TR88.00.02) are known. */
            standard?: 'packml' | null;
            /** @description What the controller's own names or numbers mean. They win over those of the standard. */
            states?: {
              [key: string]: {
                /** @description The reason of a stop in it, unless the event names one. */
                reason_code?: string | null;
                /** @description What it means. */
                state: components['schemas']['LineState'];
              };
            };
          } | null;
          /** @description The OEE the line is measured against, as a fraction. */
          target_oee?: number | null;
          /** @description Whether an open stop ends, assumed, where line events count good units again, later than late units come. false: parts are fed by hand. */
          units_end_stops?: boolean;
          /** @description How many units of product one of a counter is. Rounded to 6 decimals. */
          units_per_pulse?: number;
          /**
           * Format: date-time
           * @description The instant from which it is in force; default now. In a version, null: the first one, which has no start. Between the years 2000 and 2099.
           */
          valid_from?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Line'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['InProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  moneyLeaksLineOee: {
    parameters: {
      query?: {
        /** @description Where the window begins, inclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        from?: string;
        /** @description Where the window ends, exclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        to?: string;
      };
      header?: never;
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Oee'];
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  moneyLeaksTimeline: {
    parameters: {
      query?: {
        /** @description Where the window begins, inclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        from?: string;
        /** @description Where the window ends, exclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        to?: string;
      };
      header?: never;
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: {
              /**
               * Format: uuid
               * @description UUID of the batch.
               */
              batch_id: string | null;
              /**
               * Format: date
               * @description The day it belongs to, as 2026-11-22: the day its shift began on, else the day in the plant's zone.
               */
              business_date: string;
              /**
               * Format: uuid
               * @description UUID of the downtime.
               */
              downtime_id: string | null;
              /**
               * Format: date-time
               * @description Where the part begins, inclusive.
               */
              from: string;
              /**
               * Format: uuid
               * @description UUID of the product.
               */
              product_id: string | null;
              /** @description The kind of reason. Default: that of the reason_code, else unknown. */
              reason_category: components['schemas']['ReasonCategory'] | null;
              /** @description The reason in the tenant's own tree, or the line system's own word for it. */
              reason_code: string | null;
              /** @description The name of the shift; null: none. */
              shift: string | null;
              /** @description The one state that the line is in at that time. */
              state: components['schemas']['LadderState'];
              /**
               * Format: date-time
               * @description Where the part ends, exclusive.
               */
              to: string;
            }[];
            /** @description Parts of stops that lost their time to another report; they pay nothing. */
            masked: {
              /**
               * Format: uuid
               * @description UUID of the downtime.
               */
              downtime_id: string;
              /**
               * Format: date-time
               * @description Where the part begins, inclusive.
               */
              from: string;
              /**
               * Format: date-time
               * @description Where the part ends, exclusive.
               */
              to: string;
            }[];
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  connectListMappings: {
    parameters: {
      query?: {
        /** @description UUID of the connection. */
        connection_id?: string;
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description Rows on a page. */
        limit?: number;
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'created_at' | '-created_at';
        /** @description Rows that were written or changed at this instant or later (updated_at); RFC 3339 with its zone. Between the years 2000 and 2099. */
        updated_since?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['Mapping'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  connectCreateMapping: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description UUID of the connection.
           */
          connection_id: string;
          /** @description Where each field of the line event comes from. Without at, it is when the message arrived; id is the sender’s own number of the message. */
          fields: {
            [key: string]: components['schemas']['MappingSource'];
          };
          /**
           * @description What the payload is: JSON, a text, or Sparkplug B. Paths in Sparkplug B see one metric: name, value, timestamp.
           * @default json
           * @enum {string}
           */
          format?: 'json' | 'text' | 'sparkplug';
          /**
           * @description Whether it is in use. If not, it stays on record.
           * @default true
           */
          is_active?: boolean;
          /**
           * @description The kind of line event that a message becomes.
           * @enum {string}
           */
          kind:
            | 'state'
            | 'downtime.started'
            | 'downtime.ended'
            | 'count'
            | 'counter'
            | 'scrap'
            | 'batch.started'
            | 'batch.paused'
            | 'batch.resumed'
            | 'batch.completed';
          /** @description Where the code of the line comes from. */
          line: components['schemas']['MappingSource'];
          /**
           * @description The name of the metric of Sparkplug B; null for other formats.
           * @default null
           */
          metric?: string | null;
          /** @description The topics of the messages that it maps; + is any level, # all that follow. */
          topic: string;
        };
      };
    };
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Mapping'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['InProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  connectGetMapping: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the row as you have it, or several: if it is still the same, the answer is 304 without a body. */
        'If-None-Match'?: components['parameters']['IfNoneMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Mapping'];
        };
      };
      /** @description You have this version. */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  connectUpdateMapping: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description Where each field of the line event comes from. Without at, it is when the message arrived; id is the sender’s own number of the message. */
          fields?: {
            [key: string]: components['schemas']['MappingSource'];
          };
          /**
           * @description What the payload is: JSON, a text, or Sparkplug B. Paths in Sparkplug B see one metric: name, value, timestamp.
           * @enum {string}
           */
          format?: 'json' | 'text' | 'sparkplug';
          /** @description Whether it is in use. If not, it stays on record. */
          is_active?: boolean;
          /**
           * @description The kind of line event that a message becomes.
           * @enum {string}
           */
          kind?:
            | 'state'
            | 'downtime.started'
            | 'downtime.ended'
            | 'count'
            | 'counter'
            | 'scrap'
            | 'batch.started'
            | 'batch.paused'
            | 'batch.resumed'
            | 'batch.completed';
          /** @description Where the code of the line comes from. */
          line?: components['schemas']['MappingSource'];
          /** @description The name of the metric of Sparkplug B; null for other formats. */
          metric?: string | null;
          /** @description The topics of the messages that it maps; + is any level, # all that follow. */
          topic?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Mapping'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['InProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  connectUpdateMappingBypatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description Where each field of the line event comes from. Without at, it is when the message arrived; id is the sender’s own number of the message. */
          fields?: {
            [key: string]: components['schemas']['MappingSource'];
          };
          /**
           * @description What the payload is: JSON, a text, or Sparkplug B. Paths in Sparkplug B see one metric: name, value, timestamp.
           * @enum {string}
           */
          format?: 'json' | 'text' | 'sparkplug';
          /** @description Whether it is in use. If not, it stays on record. */
          is_active?: boolean;
          /**
           * @description The kind of line event that a message becomes.
           * @enum {string}
           */
          kind?:
            | 'state'
            | 'downtime.started'
            | 'downtime.ended'
            | 'count'
            | 'counter'
            | 'scrap'
            | 'batch.started'
            | 'batch.paused'
            | 'batch.resumed'
            | 'batch.completed';
          /** @description Where the code of the line comes from. */
          line?: components['schemas']['MappingSource'];
          /** @description The name of the metric of Sparkplug B; null for other formats. */
          metric?: string | null;
          /** @description The topics of the messages that it maps; + is any level, # all that follow. */
          topic?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Mapping'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['InProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  moneyLeaksList: {
    parameters: {
      query?: {
        /** @description Answer as the ledger stood then; default now. Between the years 2000 and 2099. */
        as_of?: string;
        /** @description UUID of the batch. */
        batch_id?: string;
        /** @description The loss category. */
        category?: components['schemas']['LeakCategory'];
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description Where the window begins, inclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        from?: string;
        /** @description Whether the loss could have been avoided; what people say overrules the rule. */
        is_avoidable?: boolean;
        /** @description Rows on a page. */
        limit?: number;
        /** @description UUID of the line. */
        line_id?: string;
        /** @description UUID of the plant. */
        plant_id?: string;
        /** @description UUID of the product. */
        product_id?: string;
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'occurred_from' | '-occurred_from' | 'recorded_at' | '-recorded_at';
        /** @description UUID of the stop, scrap event, batch or manual posting that caused it. */
        source_id?: string;
        /** @description Where the window ends, exclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['MoneyLeakView'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  moneyLeaksRecord: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * @description What was done about it: beside the ledger, not in it.
           * @default null
           */
          action_taken?: string | null;
          /**
           * Format: uuid
           * @description UUID of the batch.
           * @default null
           */
          batch_id?: string | null;
          /** @description The loss category. */
          category: components['schemas']['LeakCategory'];
          /**
           * @description A description, in words.
           * @default null
           */
          description?: string | null;
          /** @description What an hour of the line costs, US dollars. Rounded to 4 decimals. */
          hourly_cost?: number;
          /**
           * @description Whether the loss could have been avoided; what people say overrules the rule.
           * @default true
           */
          is_avoidable?: boolean;
          /**
           * Format: uuid
           * @description UUID of the line.
           */
          line_id: string;
          /**
           * Format: date-time
           * @description When the loss began; default now. Between the years 2000 and 2099.
           */
          occurred_from?: string;
          /**
           * Format: date-time
           * @description When the loss ended; default occurred_from. Between the years 2000 and 2099.
           */
          occurred_to?: string;
          /**
           * Format: uuid
           * @description UUID of the product.
           * @default null
           */
          product_id?: string | null;
          /** @description Units of product. Rounded to 6 decimals. */
          quantity?: number;
          /** @description Machine time, minutes. Rounded to 6 decimals. */
          time_minutes?: number;
          /** @description What a unit costs, US dollars. On scrap, null: the product's own. Rounded to 6 decimals. */
          unit_cost?: number;
        };
      };
    };
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MoneyLeakView'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      409: components['responses']['InProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  moneyLeaksGet: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the row as you have it, or several: if it is still the same, the answer is 304 without a body. */
        'If-None-Match'?: components['parameters']['IfNoneMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MoneyLeakView'];
        };
      };
      /** @description You have this version. */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  moneyLeaksSetAction: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description What was done about it: beside the ledger, not in it. */
          action_taken?: string | null;
          /** @description Whether the loss could have been avoided; what people say overrules the rule. */
          is_avoidable?: boolean;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['MoneyLeakView'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['InProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  moneyLeaksExplain: {
    parameters: {
      query?: never;
      header?: never;
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The computation, written out. */
            arithmetic: string;
            /** @description What made the posting due. */
            cause: {
              /**
               * Format: uuid
               * @description UUID of the announcement.
               */
              event_id: string;
              /** @description The row that caused it, as it is known now; null: it is not known. */
              source: {
                [key: string]: unknown;
              } | null;
              /**
               * Format: uuid
               * @description UUID of the stop, scrap event, batch or manual posting that caused it.
               */
              source_id: string;
              /**
               * @description What caused the posting: downtime, scrap, batch, or manual for one made by hand.
               * @enum {string}
               */
              source_type: 'downtime' | 'scrap' | 'batch' | 'manual';
            };
            /** @description What the amount was computed from, decimals as text. */
            inputs: {
              /** @description US dollars an hour, as decimal text; null: time is not priced. */
              hourly_cost: string | null;
              /** @description Units, as decimal text; null: it has none. */
              quantity: string | null;
              /** @description Minutes, as decimal text; null: it has none. */
              time_minutes: string | null;
              /** @description US dollars a unit, as decimal text; null: units are not priced. */
              unit_cost: string | null;
            };
            /** @description Whether recomputed_amount_usd is amount_usd. */
            is_same: boolean;
            /** @description The posting. */
            money_leak: components['schemas']['MoneyLeakView'];
            /** @description What the computation gives now, US dollars as text. */
            recomputed_amount_usd: string;
            /**
             * Format: uuid
             * @description UUID of the reversal that cancels it; null: it stands.
             */
            reversed_by: string | null;
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  moneyLeaksByCategory: {
    parameters: {
      query?: {
        /** @description Answer as the ledger stood then; default now. Between the years 2000 and 2099. */
        as_of?: string;
        /** @description Where the window begins, inclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        from?: string;
        /** @description UUID of the line. */
        line_id?: string;
        /** @description UUID of the plant. */
        plant_id?: string;
        /** @description UUID of the product. */
        product_id?: string;
        /** @description Where the window ends, exclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['CategoryTotal'][];
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  moneyLeaksOverview: {
    parameters: {
      query?: {
        /** @description Answer as the ledger stood then; default now. Between the years 2000 and 2099. */
        as_of?: string;
        /** @description Where the window begins, inclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        from?: string;
        /** @description UUID of the line. */
        line_id?: string;
        /** @description UUID of the plant. */
        plant_id?: string;
        /** @description UUID of the product. */
        product_id?: string;
        /** @description Where the window ends, exclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description What of it could have been avoided, US dollars to the cent. */
            avoidable_total: number;
            /** @description Losses by category, the most expensive first. */
            by_category: components['schemas']['CategoryTotal'][];
            /** @description Losses by business day, the first day first. */
            by_day: {
              /**
               * Format: date
               * @description The day it belongs to, as 2026-11-22: the day its shift began on, else the day in the plant's zone.
               */
              business_date: string;
              /** @description What was lost, US dollars to the cent. */
              total: number;
            }[];
            /**
             * Format: date-time
             * @description Where the period ends, exclusive.
             */
            period_end: string;
            /**
             * Format: date-time
             * @description Where the period begins, inclusive.
             */
            period_start: string;
            /** @description The total of the equally long period right before, US dollars to the cent. */
            previous_total_amount_usd: number;
            /** @description The five lines that lost most, the most expensive first. */
            top_lines: components['schemas']['LineTotal'][];
            /** @description US dollars, to the cent. */
            total_amount_usd: number;
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  moneyLeaksReconciliation: {
    parameters: {
      query?: {
        /** @description Where the window begins, inclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        from?: string;
        /** @description UUID of the line. */
        line_id?: string;
        /** @description UUID of the plant. */
        plant_id?: string;
        /** @description Where the window ends, exclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /**
             * Format: date-time
             * @description Where the comparison begins: the window widened to whole days, batches and stops.
             */
            effective_from: string;
            /**
             * Format: date-time
             * @description Where the comparison ends, exclusive.
             */
            effective_to: string;
            /** @description Ideal time of the good units, minutes. */
            good_minutes: number;
            /** @description The difference between the two, minutes; 0: no fact was lost. */
            imbalance_minutes: number;
            /** @description Minutes of each loss as the ledger holds them. */
            ledger: {
              /** @description Changeovers. Minutes. */
              changeover_loss: number;
              /** @description Unplanned stops and delays. Minutes. */
              downtime_loss: number;
              /** @description Machine time of units that were reworked or downgraded. Minutes. */
              quality_loss: number;
              /** @description Machine time of scrapped units. Minutes. */
              scrap_loss: number;
              /** @description Running slower than ideal, and micro-stops. Minutes. */
              speed_loss: number;
              /** @description Ramp-up, and machine time of units scrapped in it. Minutes. */
              startup_loss: number;
            };
            /** @description Planned busy time (PBT). Minutes. */
            pbt_minutes: number;
            /** @description Minutes of each loss as the rows of production and downtimes give them. */
            source: {
              /** @description Changeovers. Minutes. */
              changeover_loss: number;
              /** @description Unplanned stops and delays. Minutes. */
              downtime_loss: number;
              /** @description Machine time of units that were reworked or downgraded. Minutes. */
              quality_loss: number;
              /** @description Machine time of scrapped units. Minutes. */
              scrap_loss: number;
              /** @description Running slower than ideal, and micro-stops. Minutes. */
              speed_loss: number;
              /** @description Ramp-up, and machine time of units scrapped in it. Minutes. */
              startup_loss: number;
            };
            /** @description Busy time whose loss is not due yet, as that of open stops and running batches. Minutes. */
            unposted_minutes: number;
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  moneyLeaksOee: {
    parameters: {
      query?: {
        /** @description Where the window begins, inclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        from?: string;
        /** @description What to group by; left out: the total alone. */
        group_by?: 'line' | 'product' | 'shift' | 'day' | 'month';
        /** @description UUID of the line. */
        line_id?: string;
        /** @description UUID of the plant. */
        plant_id?: string;
        /** @description UUID of the product. */
        product_id?: string;
        /** @description Where the window ends, exclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: {
              /** @description ISO 22400 availability = APT ÷ PBT, a fraction; null: undefined. */
              availability: number | null;
              /** @description What a reader of the figures should know, as unassigned_time or performance_above_1. */
              flags: string[];
              /** @description What the row stands for: the id of a line or product, a day, a shift, a reason; null: none. */
              group: string | null;
              /** @description The group's name, for people. */
              label: string | null;
              /** @description Overall equipment effectiveness = Σ PRI × GQ ÷ PBT, a fraction; null: undefined. */
              oee: number | null;
              /** @description Overall operations effectiveness = Σ PRI × GQ ÷ POT, a fraction; null: undefined. */
              ooe: number | null;
              /** @description ISO 22400 effectiveness = Σ PRI × PQ ÷ APT, a fraction, never clamped; null: undefined. */
              performance: number | null;
              /** @description ISO 22400 quality ratio, weighed by ideal time = Σ PRI × GQ ÷ Σ PRI × PQ, a fraction; null: undefined. */
              quality: number | null;
              /** @description Total effective equipment performance = Σ PRI × GQ ÷ calendar time, a fraction; null: undefined. */
              teep: number | null;
              /** @description What the figures are divided from; terms of lines and days add up, figures do not. */
              terms: {
                /** @description Actual production time (APT), micro-stops included. Minutes. */
                apt_minutes: number;
                /** @description Calendar time (CT): the window, cut at now. Minutes. */
                calendar_minutes: number;
                /** @description Actual unit setup time (AUST). Minutes. */
                changeover_minutes: number;
                /** @description Actual delay time (ADET): starved or blocked. Minutes. */
                delay_minutes: number;
                /** @description Excluded stops, outside POT. Minutes. */
                excluded_minutes: number;
                /** @description Good quantity (ISO 22400 GQ), in units. */
                good_count: number;
                /** @description Σ PRI × GQ: what the good units would have taken ideally. Minutes. */
                ideal_minutes_good: number;
                /** @description Σ PRI × PQ: what all units would have taken ideally. Minutes. */
                ideal_minutes_total: number;
                /** @description Micro-stops, part of APT. Minutes. */
                micro_stop_minutes: number;
                /** @description Planned busy time (PBT). Minutes. */
                pbt_minutes: number;
                /** @description Planned down time. Minutes. */
                planned_stop_minutes: number;
                /** @description Planned operation time (POT): scheduled time less what is excluded. Minutes. */
                pot_minutes: number;
                /** @description Stops in the phase startup. Minutes. */
                ramp_up_minutes: number;
                /** @description Produced quantity (ISO 22400 PQ), good and not, in units. */
                total_count: number;
                /** @description Scheduled time of which nothing says whether the line was busy. Minutes. */
                unassigned_minutes: number;
                /** @description Running time of closed batches in which nothing was counted. Minutes. */
                uncounted_minutes: number;
                /** @description Actual down time (ADOT): unplanned stops that are no micro-stops. Minutes. */
                unplanned_stop_minutes: number;
              };
            }[];
            /** @description All groups together. */
            total: components['schemas']['Oee'];
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  overviewGet: {
    parameters: {
      query?: {
        /** @description Where the window begins, inclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        from?: string;
        /** @description UUID of the line. */
        line_id?: string;
        /** @description The period the figures are about: today (default), yesterday, shift, 7d or 30d, or from and to. */
        period?: components['schemas']['LossPeriod'];
        /** @description UUID of the plant. */
        plant_id?: string;
        /** @description Where the window ends, exclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        to?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description Trials in progress. */
            active_trials: number | null;
            /** @description Alerts that need attention now, the most severe first; null: not answered. */
            alerts: components['schemas']['Alert'][] | null;
            /** @description Services that did not answer; their figures are null. */
            degraded: string[];
            /**
             * Format: date-time
             * @description When the answer was composed.
             */
            generated_at: string;
            /** @description Figures of now; null: not answered. */
            kpis: {
              /** @description Lines in use without an open stop. */
              active_lines: number | null;
              /** @description OEE of the period over all lines, percent; null: undefined or not answered. */
              average_oee: number | null;
              /** @description Batches that run now. */
              running_batches: number | null;
              /** @description Unplanned down time of today, minutes: ADOT, ADET and micro-stops. */
              total_downtime_minutes_today: number | null;
              /** @description Lines in use. */
              total_lines: number | null;
              /** @description What today's scrap has cost, US dollars to the cent. */
              total_scrap_cost_today: number | null;
            };
            /** @description Losses of the period; null: not answered. */
            money_leaks: {
              /** @description Losses by category, the most expensive first. */
              by_category:
                | {
                    /** @description The loss category. */
                    category: components['schemas']['LeakCategory'];
                    /** @description Share of the total, percent 0 to 100; null: the total is 0. */
                    percentage: number | null;
                    /** @description What was lost, US dollars to the cent. */
                    total: number;
                  }[]
                | null;
              /** @description The five lines that lost most, the most expensive first. */
              top_lines: components['schemas']['LineTotal'][] | null;
              /** @description US dollars, to the cent. */
              total_amount_usd: number | null;
            };
            /** @description The period the figures are about. */
            period: {
              /**
               * Format: date-time
               * @description Where the window begins, inclusive; RFC 3339 with its zone.
               */
              from: string | null;
              /** @description What the period is called. */
              name: string;
              /**
               * Format: date-time
               * @description Where the window ends, exclusive; RFC 3339 with its zone.
               */
              to: string | null;
            };
            /** @description Scrap events of the last 24 hours. */
            recent_scrap_events: number | null;
            /** @description Line events and readings of the tenant that cannot be applied yet; null: not answered. */
            waiting: {
              /** @description How many wait for what. */
              by_reason: {
                /** @description How many wait. */
                count: number;
                /** @description Why they wait. */
                reason: string;
              }[];
              /** @description How many wait. */
              total: number;
            } | null;
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionListPlants: {
    parameters: {
      query?: {
        /** @description What other systems call it. It is unique in its kind. */
        code?: string;
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description Rows on a page. */
        limit?: number;
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'created_at' | '-created_at';
        /** @description Rows that were written or changed at this instant or later (updated_at); RFC 3339 with its zone. Between the years 2000 and 2099. */
        updated_since?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['Plant'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionCreatePlant: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description Where the plant is. */
          address?: string | null;
          /** @description What other systems call it. It is unique in its kind. */
          code: string;
          /** @description What people call it. */
          name: string;
          /** @description IANA time zone, as America/New_York. Days and shifts of the plant are in it. */
          timezone: string;
        };
      };
    };
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Plant'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      409: components['responses']['AlreadyExistsOrInProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionGetPlant: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the row as you have it, or several: if it is still the same, the answer is 304 without a body. */
        'If-None-Match'?: components['parameters']['IfNoneMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Plant'];
        };
      };
      /** @description You have this version. */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionUpdatePlant: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description Where the plant is. */
          address?: string | null;
          /** @description What other systems call it. It is unique in its kind. */
          code?: string;
          /** @description What people call it. */
          name?: string;
          /** @description IANA time zone, as America/New_York. Days and shifts of the plant are in it. */
          timezone?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Plant'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['AlreadyExistsOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionUpdatePlantBypatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description Where the plant is. */
          address?: string | null;
          /** @description What other systems call it. It is unique in its kind. */
          code?: string;
          /** @description What people call it. */
          name?: string;
          /** @description IANA time zone, as America/New_York. Days and shifts of the plant are in it. */
          timezone?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Plant'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['AlreadyExistsOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionGetShifts: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the row as you have it, or several: if it is still the same, the answer is 304 without a body. */
        'If-None-Match'?: components['parameters']['IfNoneMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ShiftsView'];
        };
      };
      /** @description You have this version. */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionSetShifts: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * @description Dates that differ from the week, as holidays.
           * @default []
           */
          exceptions?: {
            /**
             * Format: date
             * @description The day in the plant's own zone on which the shifts begin, as 2026-11-22.
             */
            date: string;
            /** @description The shifts that begin on that day instead; empty: nobody works. */
            shifts: {
              /**
               * @description Breaks within the shift: planned stops of every line.
               * @default []
               */
              breaks?: {
                /** @description Time of day in the plant's zone, as 14:00; one that is not after the start lies on the next day, 24:00 is midnight. */
                end: string;
                /** @description Time of day in the plant's zone, as 06:00. */
                start: string;
              }[];
              /** @description Time of day in the plant's zone, as 14:00; one that is not after the start lies on the next day, 24:00 is midnight. */
              end: string;
              /** @description What people call it. */
              name: string;
              /** @description Time of day in the plant's zone, as 06:00. */
              start: string;
            }[];
          }[];
          /**
           * Format: date-time
           * @description The instant from which it is in force; default now. In a version, null: the first one, which has no start. Between the years 2000 and 2099.
           */
          valid_from?: string;
          /** @description The shifts of every week; null: no calendar, every hour is scheduled. */
          weekly:
            | {
                /**
                 * @description Breaks within the shift: planned stops of every line.
                 * @default []
                 */
                breaks?: {
                  /** @description Time of day in the plant's zone, as 14:00; one that is not after the start lies on the next day, 24:00 is midnight. */
                  end: string;
                  /** @description Time of day in the plant's zone, as 06:00. */
                  start: string;
                }[];
                /** @description Time of day in the plant's zone, as 14:00; one that is not after the start lies on the next day, 24:00 is midnight. */
                end: string;
                /** @description What people call it. */
                name: string;
                /** @description Time of day in the plant's zone, as 06:00. */
                start: string;
                /** @description The days on which the shift begins, as in ISO 8601: Monday is 1. */
                weekdays: number[];
              }[]
            | null;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['ShiftsView'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['InProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionListProducts: {
    parameters: {
      query?: {
        /** @description What other systems call it. It is unique among products. */
        code?: string;
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description Rows on a page. */
        limit?: number;
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'created_at' | '-created_at';
        /** @description Rows that were written or changed at this instant or later (updated_at); RFC 3339 with its zone. Between the years 2000 and 2099. */
        updated_since?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['Product'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionCreateProduct: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description What other systems call it. It is unique among products. */
          code: string;
          /**
           * @description full: unit_cost holds machine time already; material: it does not, and a reject pays its machine time too.
           * @default full
           * @enum {string}
           */
          cost_basis?: 'full' | 'material';
          /**
           * @description The material in a unit, US dollars: the price of lost material; null: unit_cost.
           * @default null
           */
          material_cost?: number | null;
          /** @description What people call it. */
          name: string;
          /**
           * @description The value recovered from a scrapped unit, US dollars, at most its unit_cost. Rounded to 6 decimals.
           * @default 0
           */
          salvage_value?: number;
          /**
           * @description The unit that quantities of the product are counted in, as ea or kg.
           * @default ea
           */
          unit?: string;
          /** @description What a unit costs, US dollars. On scrap, null: the product's own. Rounded to 6 decimals. */
          unit_cost: number;
          /**
           * @description The other units of the product. A corrected factor also converts again what is stored.
           * @default []
           */
          units?: {
            /** @description How many of the product's own unit one of it is: a number, or a fraction as 1/6. */
            factor: number | string;
            /** @description Another unit that quantities of the product are reported in, as bottle. */
            unit: string;
          }[];
        };
      };
    };
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Product'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      409: components['responses']['AlreadyExistsOrInProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionGetProduct: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the row as you have it, or several: if it is still the same, the answer is 304 without a body. */
        'If-None-Match'?: components['parameters']['IfNoneMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Product'];
        };
      };
      /** @description You have this version. */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionUpdateProduct: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * @description full: unit_cost holds machine time already; material: it does not, and a reject pays its machine time too.
           * @enum {string}
           */
          cost_basis?: 'full' | 'material';
          /** @description The material in a unit, US dollars: the price of lost material; null: unit_cost. */
          material_cost?: number | null;
          /** @description What people call it. */
          name?: string;
          /** @description The value recovered from a scrapped unit, US dollars, at most its unit_cost. Rounded to 6 decimals. */
          salvage_value?: number;
          /** @description The unit of its quantities. It stays once the product has a batch, a count or scrap. */
          unit?: string;
          /** @description What a unit costs, US dollars. On scrap, null: the product's own. Rounded to 6 decimals. */
          unit_cost?: number;
          /** @description The other units of the product. A corrected factor also converts again what is stored. */
          units?: {
            /** @description How many of the product's own unit one of it is: a number, or a fraction as 1/6. */
            factor: number | string;
            /** @description Another unit that quantities of the product are reported in, as bottle. */
            unit: string;
          }[];
          /**
           * Format: date-time
           * @description The instant from which it is in force; default now. In a version, null: the first one, which has no start. Between the years 2000 and 2099.
           */
          valid_from?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Product'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['InProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionUpdateProductBypatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * @description full: unit_cost holds machine time already; material: it does not, and a reject pays its machine time too.
           * @enum {string}
           */
          cost_basis?: 'full' | 'material';
          /** @description The material in a unit, US dollars: the price of lost material; null: unit_cost. */
          material_cost?: number | null;
          /** @description What people call it. */
          name?: string;
          /** @description The value recovered from a scrapped unit, US dollars, at most its unit_cost. Rounded to 6 decimals. */
          salvage_value?: number;
          /** @description The unit of its quantities. It stays once the product has a batch, a count or scrap. */
          unit?: string;
          /** @description What a unit costs, US dollars. On scrap, null: the product's own. Rounded to 6 decimals. */
          unit_cost?: number;
          /** @description The other units of the product. A corrected factor also converts again what is stored. */
          units?: {
            /** @description How many of the product's own unit one of it is: a number, or a fraction as 1/6. */
            factor: number | string;
            /** @description Another unit that quantities of the product are reported in, as bottle. */
            unit: string;
          }[];
          /**
           * Format: date-time
           * @description The instant from which it is in force; default now. In a version, null: the first one, which has no start. Between the years 2000 and 2099.
           */
          valid_from?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Product'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['InProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionSetRate: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
        /** @description UUID of the line. */
        line_id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description Planned run time per item (ISO 22400 PRI), seconds a unit. For a product on a line, null: the line's own. Rounded to 6 decimals. */
          ideal_cycle_seconds: number | null;
          /**
           * Format: date-time
           * @description The instant from which it is in force; default now. In a version, null: the first one, which has no start. Between the years 2000 and 2099.
           */
          valid_from?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Product'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['InProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionListScrap: {
    parameters: {
      query?: {
        /** @description UUID of the batch. */
        batch_id?: string;
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description What happens to the units: scrap, rework, or downgrade (sold for less). */
        disposition?: components['schemas']['Disposition'];
        /** @description Where the window begins, inclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        from?: string;
        /** @description Rows on a page. */
        limit?: number;
        /** @description UUID of the line. */
        line_id?: string;
        /** @description UUID of the plant. */
        plant_id?: string;
        /** @description UUID of the product. */
        product_id?: string;
        /** @description The kind of reason in the tenant's own words. */
        reason_category?: string;
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'at' | '-at';
        /** @description Where the window ends, exclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        to?: string;
        /** @description Rows that were written or changed at this instant or later (updated_at); RFC 3339 with its zone. Between the years 2000 and 2099. */
        updated_since?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['Scrap'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionLogScrap: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * Format: date-time
           * @description When it happened, RFC 3339 with its zone. In a command, default now. Between the years 2000 and 2099.
           */
          at?: string;
          /**
           * Format: uuid
           * @description UUID of the batch.
           * @default null
           */
          batch_id?: string | null;
          /**
           * @description What happens to the units: scrap, rework, or downgrade (sold for less).
           * @default scrap
           */
          disposition?: components['schemas']['Disposition'];
          /**
           * Format: uuid
           * @description UUID of the line.
           */
          line_id: string;
          /**
           * @description Notes, free text.
           * @default null
           */
          note?: string | null;
          /**
           * @description production or startup: the ramp-up of a batch, which is startup loss.
           * @default production
           */
          phase?: components['schemas']['Phase'];
          /**
           * Format: uuid
           * @description UUID of the product.
           * @default null
           */
          product_id?: string | null;
          /** @description Units of product. Rounded to 6 decimals. */
          quantity: number;
          /**
           * @description The kind of reason in the tenant's own words.
           * @default null
           */
          reason_category?: string | null;
          /**
           * @description The reason in the tenant's own tree, or the line system's own word for it.
           * @default null
           */
          reason_code?: string | null;
          /**
           * @description Who reported it; default the caller.
           * @default null
           */
          reported_by?: string | null;
          /** @description The unit that the quantities are in: the product's own or one of its other units. Default: its own. */
          unit?: string;
          /**
           * @description What one of the given unit costs, US dollars; null: the product's own cost.
           * @default null
           */
          unit_cost?: number | null;
        };
      };
    };
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Scrap'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      409: components['responses']['InProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionGetScrap: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the row as you have it, or several: if it is still the same, the answer is 304 without a body. */
        'If-None-Match'?: components['parameters']['IfNoneMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Scrap'];
        };
      };
      /** @description You have this version. */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionVoidScrap: {
    parameters: {
      query?: {
        /** @description Why it is cancelled or voided. */
        reason?: string;
      };
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description Why it is cancelled or voided. */
          reason: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Scrap'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  sensorsList: {
    parameters: {
      query?: {
        /** @description What other systems call it. It is unique in its kind. */
        code?: string;
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description What kind of thing the sensor measures, as temperature. */
        kind?: string;
        /** @description Rows on a page. */
        limit?: number;
        /** @description UUID of the line. */
        line_id?: string;
        /** @description UUID of the plant. */
        plant_id?: string;
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'created_at' | '-created_at';
        /** @description Rows that were written or changed at this instant or later (updated_at); RFC 3339 with its zone. Between the years 2000 and 2099. */
        updated_since?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['SensorView'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  sensorsCreate: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description What other systems call it. It is unique in its kind. */
          code: string;
          /**
           * @description How far a value must come back within a breached limit before the breach is over, in the unit of the sensor.
           * @default 0
           */
          deadband?: number;
          /**
           * @description How long values must stay beyond a limit before that is a breach. Seconds.
           * @default 0
           */
          delay_seconds?: number;
          /**
           * @description A good reading above it is a breach, in the sensor's unit; null: no limit.
           * @default null
           */
          high_limit?: number | null;
          /** @description What kind of thing the sensor measures, as temperature. */
          kind: string;
          /**
           * Format: uuid
           * @description UUID of the line.
           */
          line_id: string;
          /**
           * @description A good reading below it is a breach, in the sensor's unit; null: no limit.
           * @default null
           */
          low_limit?: number | null;
          /** @description What people call it. */
          name: string;
          /** @description The unit of the readings, as °C. */
          unit: string;
        };
      };
    };
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SensorView'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      409: components['responses']['AlreadyExistsOrInProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  sensorsGet: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the row as you have it, or several: if it is still the same, the answer is 304 without a body. */
        'If-None-Match'?: components['parameters']['IfNoneMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SensorView'];
        };
      };
      /** @description You have this version. */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  sensorsUpdate: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description How far a value must come back within a breached limit before the breach is over, in the unit of the sensor. */
          deadband?: number;
          /** @description How long values must stay beyond a limit before that is a breach. Seconds. */
          delay_seconds?: number;
          /** @description A good reading above it is a breach, in the sensor's unit; null: no limit. */
          high_limit?: number | null;
          /** @description What kind of thing the sensor measures, as temperature. */
          kind?: string;
          /** @description A good reading below it is a breach, in the sensor's unit; null: no limit. */
          low_limit?: number | null;
          /** @description What people call it. */
          name?: string;
          /** @description The unit of the readings, as °C. */
          unit?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SensorView'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['InProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  sensorsUpdateBypatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description How far a value must come back within a breached limit before the breach is over, in the unit of the sensor. */
          deadband?: number;
          /** @description How long values must stay beyond a limit before that is a breach. Seconds. */
          delay_seconds?: number;
          /** @description A good reading above it is a breach, in the sensor's unit; null: no limit. */
          high_limit?: number | null;
          /** @description What kind of thing the sensor measures, as temperature. */
          kind?: string;
          /** @description A good reading below it is a breach, in the sensor's unit; null: no limit. */
          low_limit?: number | null;
          /** @description What people call it. */
          name?: string;
          /** @description The unit of the readings, as °C. */
          unit?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SensorView'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['InProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  sensorsGetReadings: {
    parameters: {
      query?: {
        /** @description Where the window begins, inclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        from?: string;
        /** @description How many points to combine the readings to, at most. */
        points?: number;
        /** @description Where the window ends, exclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        to?: string;
      };
      header?: never;
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description How much time a point stands for, seconds. */
            bucket_seconds: number;
            /**
             * Format: date-time
             * @description Where the window begins, inclusive; RFC 3339 with its zone.
             */
            from: string;
            /** @description The rows asked for, in the order asked for. */
            items: {
              /**
               * Format: date-time
               * @description Where the time that the point stands for begins.
               */
              at: string;
              /** @description The mean of the readings, in the sensor's unit. */
              avg: number;
              /** @description Readings that the point stands for. */
              count: number;
              /** @description The greatest reading, in the sensor's unit. */
              max: number;
              /** @description The least reading, in the sensor's unit. */
              min: number;
            }[];
            /**
             * Format: uuid
             * @description UUID of the sensor.
             */
            sensor_id: string;
            /**
             * Format: date-time
             * @description Where the window ends, exclusive; RFC 3339 with its zone.
             */
            to: string;
            /** @description The unit of the readings, as °C. */
            unit: string;
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  sensorsLogReadings: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /** @description Readings in any order. */
          readings: components['schemas']['Reading'][];
        };
      };
    };
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description Readings of an instant that was known already: they change nothing. */
            known: number;
            /** @description Readings that are new. */
            stored: number;
          };
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['InProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionGetSettings: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the row as you have it, or several: if it is still the same, the answer is 304 without a body. */
        'If-None-Match'?: components['parameters']['IfNoneMatch'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SettingsView'];
        };
      };
      /** @description You have this version. */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  productionSetSettings: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description Line events that happened more than so many days before they arrived wait, unless they say "backfill": true. Days; default 35. */
          late_after_days?: number;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['SettingsView'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      409: components['responses']['InProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  stream: {
    parameters: {
      query?: {
        /** @description The same, for a client that comes with a ticket in place of a token or key. */
        last_event_id?: string;
      };
      header?: {
        /** @description The id of the event that was seen last; browsers send it when they connect again. Left out: from now on. */
        'Last-Event-ID'?: string;
      };
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description Events, without end. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/event-stream': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  streamTicket: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The ticket. */
      201: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /**
             * Format: date-time
             * @description The instant from which it no longer opens a stream.
             */
            expires_at: string;
            /** @description The ticket, to be sent as the query field `ticket`. */
            ticket: string;
          };
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  trialsList: {
    parameters: {
      query?: {
        /** @description Where the page begins: the next_cursor of the page before, with the same sort. Left out: the first page. */
        cursor?: string;
        /** @description Where the window begins, inclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        from?: string;
        /** @description Rows on a page. */
        limit?: number;
        /** @description UUID of the line. */
        line_id?: string;
        /** @description UUID of the plant. */
        plant_id?: string;
        /** @description The field to sort by; with - before it the greatest or newest first. */
        sort?: 'created_at' | '-created_at';
        /** @description The status in its life cycle. */
        status?: components['schemas']['TrialStatus'];
        /** @description Where the window ends, exclusive; RFC 3339 with its zone. Between the years 2000 and 2099. */
        to?: string;
        /** @description Rows that were written or changed at this instant or later (updated_at); RFC 3339 with its zone. Between the years 2000 and 2099. */
        updated_since?: string;
      };
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': {
            /** @description The rows asked for, in the order asked for. */
            items: components['schemas']['Trial'][];
            /** @description The cursor of the next page; null on the last. */
            next_cursor: string | null;
            /** @description Rows in all pages; exact up to 10,000. */
            total: number;
            /** @description Whether there are more than 10,000 rows, the most that total counts to. */
            total_is_capped: boolean;
          };
          'text/csv': string;
        };
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  trialsPlan: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
      };
      path?: never;
      cookie?: never;
    };
    requestBody: {
      content: {
        'application/json': {
          /**
           * @description What the model's system calls its proposal.
           * @default null
           */
          ai_suggestion_id?: string | null;
          /**
           * Format: uuid
           * @description UUID of the batch.
           */
          batch_id?: string | null;
          /** @description A description, in words. */
          description?: string | null;
          /** @description What should come out. */
          expected_outcome?: string | null;
          /** @description What is expected to be true. */
          hypothesis?: string | null;
          /**
           * Format: uuid
           * @description UUID of the line.
           */
          line_id: string;
          /** @description What people call it. */
          name: string;
          /** @description Settings of the trial, free JSON; default {}. At most 16,384 characters of JSON, without NUL characters. */
          parameters?: {
            [key: string]: unknown;
          };
          /**
           * Format: date-time
           * @description When it is planned to end. Between the years 2000 and 2099.
           */
          planned_end?: string | null;
          /**
           * Format: date-time
           * @description When it is planned to begin. Between the years 2000 and 2099.
           */
          planned_start?: string | null;
          /** @description What the trial is judged by: all must hold. Default none. */
          success_criteria?: components['schemas']['Criterion'][];
          /**
           * @description Whether a model proposed the trial.
           * @default false
           */
          suggested_by_ai?: boolean;
        };
      };
    };
    responses: {
      /** @description Done: the result. */
      201: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          Location: components['headers']['Location'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Trial'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      409: components['responses']['InProgress'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  trialsGet: {
    parameters: {
      query?: never;
      header?: {
        /** @description The ETag of the row as you have it, or several: if it is still the same, the answer is 304 without a body. */
        'If-None-Match'?: components['parameters']['IfNoneMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The answer. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Trial'];
        };
      };
      /** @description You have this version. */
      304: {
        headers: {
          ETag: components['headers']['ETag'];
          [name: string]: unknown;
        };
        content?: never;
      };
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      422: components['responses']['Invalid'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  trialsUpdate: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description UUID of the batch.
           */
          batch_id?: string | null;
          /** @description A description, in words. */
          description?: string | null;
          /** @description What should come out. */
          expected_outcome?: string | null;
          /** @description What is expected to be true. */
          hypothesis?: string | null;
          /** @description What was learned. */
          learnings?: string | null;
          /** @description What people call it. */
          name?: string;
          /** @description What was seen. */
          observations?: string | null;
          /** @description Settings of the trial, free JSON; default {}. At most 16,384 characters of JSON, without NUL characters. */
          parameters?: {
            [key: string]: unknown;
          };
          /**
           * Format: date-time
           * @description When it is planned to end. Between the years 2000 and 2099.
           */
          planned_end?: string | null;
          /**
           * Format: date-time
           * @description When it is planned to begin. Between the years 2000 and 2099.
           */
          planned_start?: string | null;
          /** @description What should be done next. */
          recommendations?: string | null;
          /** @description What the trial is judged by: all must hold. Default none. */
          success_criteria?: components['schemas']['Criterion'][];
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Trial'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  trialsUpdateBypatch: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * Format: uuid
           * @description UUID of the batch.
           */
          batch_id?: string | null;
          /** @description A description, in words. */
          description?: string | null;
          /** @description What should come out. */
          expected_outcome?: string | null;
          /** @description What is expected to be true. */
          hypothesis?: string | null;
          /** @description What was learned. */
          learnings?: string | null;
          /** @description What people call it. */
          name?: string;
          /** @description What was seen. */
          observations?: string | null;
          /** @description Settings of the trial, free JSON; default {}. At most 16,384 characters of JSON, without NUL characters. */
          parameters?: {
            [key: string]: unknown;
          };
          /**
           * Format: date-time
           * @description When it is planned to end. Between the years 2000 and 2099.
           */
          planned_end?: string | null;
          /**
           * Format: date-time
           * @description When it is planned to begin. Between the years 2000 and 2099.
           */
          planned_start?: string | null;
          /** @description What should be done next. */
          recommendations?: string | null;
          /** @description What the trial is judged by: all must hold. Default none. */
          success_criteria?: components['schemas']['Criterion'][];
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Trial'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  trialsCancel: {
    parameters: {
      query?: {
        /** @description Why it is cancelled or voided. */
        reason?: string;
      };
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /** @description Why it is cancelled or voided. */
          reason: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Trial'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  trialsComplete: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * Format: date-time
           * @description When it was completed; default now. Between the years 2000 and 2099.
           */
          completed_at?: string;
          /** @description What was learned. */
          learnings?: string | null;
          /** @description What was seen. */
          observations?: string | null;
          /** @description What should be done next. */
          recommendations?: string | null;
          /**
           * @description What came out, free JSON; numbers under the metrics' names are judged. Default {}. At most 16,384 characters of JSON, without NUL characters.
           * @default {}
           */
          results?: {
            [key: string]: unknown;
          };
          /** @description Whether the trial succeeded; null: the criteria could not be judged. If it is sent, it replaces the judgement by the criteria. */
          was_successful?: boolean;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Trial'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  trialsStart: {
    parameters: {
      query?: never;
      header?: {
        /** @description A key of your own for this request, as a UUID. Requests with the same key take effect once and get the same answer. */
        'Idempotency-Key'?: components['parameters']['IdempotencyKey'];
        /** @description The ETag of the row as you saw it: if it has changed since, nothing is done (`stale_version`). */
        'If-Match'?: components['parameters']['IfMatch'];
      };
      path: {
        /** @description UUID of the row. */
        id: string;
      };
      cookie?: never;
    };
    requestBody?: {
      content: {
        'application/json': {
          /**
           * Format: date-time
           * @description When it began; default now. Between the years 2000 and 2099.
           */
          started_at?: string;
        };
      };
    };
    responses: {
      /** @description Done: the row as it is now. */
      200: {
        headers: {
          ETag: components['headers']['ETag'];
          'Idempotency-Replayed': components['headers']['IdempotencyReplayed'];
          [name: string]: unknown;
        };
        content: {
          'application/json': components['schemas']['Trial'];
        };
      };
      400: components['responses']['MalformedJson'];
      401: components['responses']['Unauthenticated'];
      403: components['responses']['ForbiddenOrUnknownTenant'];
      404: components['responses']['NotFound'];
      409: components['responses']['IllegalTransitionOrInProgress'];
      412: components['responses']['StaleVersion'];
      413: components['responses']['BodyTooLarge'];
      415: components['responses']['UnsupportedMediaType'];
      422: components['responses']['InvalidOrKeyReused'];
      429: components['responses']['TooManyRequests'];
      500: components['responses']['Internal'];
      503: components['responses']['ServiceUnavailable'];
      504: components['responses']['OutcomeUnknown'];
    };
  };
  asyncapi: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The messages. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': Record<string, never>;
        };
      };
      429: components['responses']['TooManyRequests'];
      /** @description The headers of the request are larger than 16 KiB. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  docs: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The page. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/html': string;
        };
      };
      429: components['responses']['TooManyRequests'];
      /** @description The headers of the request are larger than 16 KiB. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  healthz: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It runs. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      429: components['responses']['TooManyRequests'];
      /** @description The headers of the request are larger than 16 KiB. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  openapi: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description The REST API. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'application/json': Record<string, never>;
        };
      };
      429: components['responses']['TooManyRequests'];
      /** @description The headers of the request are larger than 16 KiB. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
    };
  };
  readyz: {
    parameters: {
      query?: never;
      header?: never;
      path?: never;
      cookie?: never;
    };
    requestBody?: never;
    responses: {
      /** @description It is ready. */
      200: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
      429: components['responses']['TooManyRequests'];
      /** @description The headers of the request are larger than 16 KiB. */
      431: {
        headers: {
          [name: string]: unknown;
        };
        content?: never;
      };
      /** @description It is not ready now. */
      503: {
        headers: {
          [name: string]: unknown;
        };
        content: {
          'text/plain': string;
        };
      };
    };
  };
}
