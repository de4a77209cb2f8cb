import { m } from '../../paraglide/messages.js';
import type { LanguageModelSpec } from '../../domain/model-spec.ts';
import type { ModelStatus } from '../../state/models.svelte.ts';
import { percent, share } from '../format.ts';

/** The state of a model in a word or two. */
export function modelStatusCopy(status: ModelStatus, absent: string): string {
  switch (status.kind) {
    case 'absent':
      return absent;
    case 'downloading':
      return m.model_status_downloading({
        percent: percent(share(status.receivedBytes, status.totalBytes)),
      });
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

export function modelLanguages(spec: LanguageModelSpec): string {
  if (spec.languages.length > 1) return m.model_languages_both();
  return spec.languages.includes('zh') ? m.model_languages_zh() : m.model_languages_en();
}
