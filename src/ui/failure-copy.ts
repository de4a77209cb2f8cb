import type { Failure } from '../domain/failure.ts';
import { m } from '../paraglide/messages.js';
import { bytes, count } from './format.ts';

type Kind = Failure['kind'];
type Copy = { readonly [K in Kind]: (failure: Extract<Failure, { kind: K }>) => string };

/** For every failure: what happened, what it means, and what to do. */
const copy = {
  'not-a-pdf': () => m.failure_not_a_pdf(),
  'empty-file': () => m.failure_empty_file(),
  'no-pages': () => m.failure_no_pages(),
  'unreadable-pdf': () => m.failure_unreadable_pdf(),
  'no-text-layer': ({ pages }) => m.failure_no_text_layer({ count: pages }),
  'password-needed': () => m.failure_password_needed(),
  'password-wrong': () => m.failure_password_wrong(),
  'link-invalid': () => m.failure_link_invalid(),
  'link-unreachable': ({ host }) => m.failure_link_unreachable({ host }),
  'link-refused': ({ host, status }) => m.failure_link_refused({ host, status }),
  'download-failed': ({ file, status }) =>
    status === null ? m.failure_download_broken({ file }) : m.failure_download_failed({ file, status }),
  'download-not-a-model': ({ file }) => m.failure_download_not_a_model({ file }),
  'wrong-hash': ({ file }) => m.failure_wrong_hash({ file }),
  'model-missing': ({ modelId }) => m.failure_model_missing({ model: modelId }),
  'model-rejected': ({ modelId }) => m.failure_model_rejected({ model: modelId }),
  'load-timeout': ({ seconds }) => m.failure_load_timeout({ seconds: count(seconds) }),
  'answer-timeout': ({ seconds }) => m.failure_answer_timeout({ seconds: count(seconds) }),
  'out-of-memory': () => m.failure_out_of_memory(),
  'context-full': () => m.failure_context_full(),
  'storage-full': ({ neededBytes }) => m.failure_storage_full({ size: bytes(neededBytes) }),
  'storage-unavailable': () => m.failure_storage_unavailable(),
  'insecure-context': () => m.failure_insecure_context(),
  'worker-missing': ({ worker }) => m.failure_worker_missing({ worker }),
  'worker-crashed': ({ worker }) => m.failure_worker_crashed({ worker }),
  unexpected: ({ detail }) => m.failure_unexpected({ detail }),
} satisfies Copy;

export function failureCopy(failure: Failure): string {
  // The table is exhaustive; only the pairing of kind and argument is lost to the compiler.
  return (copy[failure.kind] as (failure: Failure) => string)(failure);
}
