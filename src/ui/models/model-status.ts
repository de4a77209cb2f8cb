import { m } from '../../paraglide/messages.js';
import type { ModelStatus } from '../../state/models.svelte.ts';
import { percent, share } from '../format.ts';

/** A model's status in a word or two. */
export function statusText(status: ModelStatus): string {
  switch (status.kind) {
    case 'absent':
      return m.model_status_absent();
    case 'downloading':
      return m.model_status_downloading({ percent: percent(share(status.receivedBytes, status.totalBytes)) });
    case 'paused':
      return m.model_status_paused({ percent: percent(share(status.receivedBytes, status.totalBytes)) });
    case 'stored':
      return m.model_status_stored();
    case 'loading':
      return m.model_status_loading();
    case 'ready':
      return m.model_ready_threads({ count: status.threads });
    case 'failed':
      return m.model_status_failed();
  }
}
