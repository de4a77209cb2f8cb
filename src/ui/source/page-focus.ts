import type { Origin, Source } from '../../state/source.svelte.ts';

/** Takes the keyboard along to a page that was opened, unless it has gone elsewhere meanwhile. */
export function goToPage(page: HTMLElement, origin: Origin | null): void {
  const at = document.activeElement;
  if (at === document.body || (origin && at?.id === origin.elementId)) page.focus({ preventScroll: true });
}

/** Goes back to what the page was opened from, which may be gone since. */
export function backToAnswer({ shown }: Source): void {
  document.getElementById(shown?.origin?.elementId ?? '')?.focus();
}

/** Closes the page and goes back. */
export function closeSource(source: Source): void {
  backToAnswer(source);
  source.close();
}
