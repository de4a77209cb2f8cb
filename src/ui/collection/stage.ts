import { m } from '../../paraglide/messages.js';
import type { IngestionStatus } from '../../state/collection.svelte.ts';
import { bytes, share } from '../format.ts';

/** What is being done with a file, in words. */
export function stageOf(status: IngestionStatus): string {
  switch (status.kind) {
    case 'waiting':
      return m.stage_waiting();
    case 'fetching':
      return status.totalBytes === null
        ? m.stage_fetching({ received: bytes(status.receivedBytes) })
        : m.stage_fetching_of({ received: bytes(status.receivedBytes), total: bytes(status.totalBytes) });
    case 'hashing':
      return m.stage_hashing();
    case 'parsing':
      return m.stage_parsing({ page: status.page, count: status.pageCount });
    case 'model':
      return m.stage_model({ received: bytes(status.receivedBytes), total: bytes(status.totalBytes) });
    case 'embedding':
      return m.stage_embedding({ done: status.done, total: status.total });
    case 'storing':
      return m.stage_storing();
    case 'failed':
      return '';
  }
}

/** How much of the stage is done, 0 to 1; null where it cannot be told. */
export function fractionOf(status: IngestionStatus): number | null {
  switch (status.kind) {
    case 'fetching':
      return status.totalBytes === null ? null : share(status.receivedBytes, status.totalBytes);
    case 'model':
      return share(status.receivedBytes, status.totalBytes);
    case 'parsing':
      return share(status.page, status.pageCount);
    case 'embedding':
      return share(status.done, status.total);
    default:
      return null;
  }
}
