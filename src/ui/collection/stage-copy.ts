import { m } from '../../paraglide/messages.js';
import type { IngestionStatus } from '../../state/ingestions.svelte.ts';
import { bytes, count, share } from '../format.ts';

type Stage = Exclude<IngestionStatus, { kind: 'failed' }>;

/** What is being done to a file, in words. */
export function stageCopy(stage: Stage): string {
  switch (stage.kind) {
    case 'waiting':
      return m.stage_waiting();
    case 'fetching':
      return stage.totalBytes === null
        ? m.stage_fetching({ received: bytes(stage.receivedBytes) })
        : m.stage_fetching_of({ received: bytes(stage.receivedBytes), total: bytes(stage.totalBytes) });
    case 'hashing':
      return m.stage_hashing();
    case 'parsing':
      return m.stage_parsing({ page: count(stage.page), count: count(stage.pageCount) });
    case 'model':
      return m.stage_model({ received: bytes(stage.receivedBytes), total: bytes(stage.totalBytes) });
    case 'embedding':
      return m.stage_embedding({ done: count(stage.done), total: count(stage.total) });
    case 'storing':
      return m.stage_storing();
  }
}

/** How far the stage is, 0 to 1; null when it has no measure. */
export function stageShare(stage: Stage): number | null {
  switch (stage.kind) {
    case 'fetching':
      return stage.totalBytes === null ? null : share(stage.receivedBytes, stage.totalBytes);
    case 'parsing':
      return share(stage.page, stage.pageCount);
    case 'model':
      return share(stage.receivedBytes, stage.totalBytes);
    case 'embedding':
      return share(stage.done, stage.total);
    case 'storing':
      return 1;
    default:
      return null;
  }
}
