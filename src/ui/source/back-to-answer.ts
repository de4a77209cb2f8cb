import type { Source } from '../../state/source.svelte.ts';

/** Goes to what the page was opened from, which may be gone since. */
export function backToAnswer({ shown }: Source): void {
  document.getElementById(shown?.origin?.elementId ?? '')?.focus();
}

/** Closes the page and goes back. */
export function closeSource(source: Source): void {
  backToAnswer(source);
  source.close();
}
