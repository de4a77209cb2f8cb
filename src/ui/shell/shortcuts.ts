import type { AppState } from '../../state/context.ts';
import type { Shell } from './shell.ts';

/** The keys of the page; see `dialogs/Keys.svelte` for the list people are shown. */
export function shortcuts(event: KeyboardEvent, app: AppState, shell: Shell): void {
  if (event.defaultPrevented || event.ctrlKey || event.metaKey || event.altKey) return;
  if (document.querySelector('[role=dialog],[role=alertdialog],[role=menu]')) return;
  if (event.key === 'Escape') return escape(app);
  if (event.target instanceof HTMLElement && event.target.closest('input,textarea,select')) return;
  const actions: Record<string, () => void> = {
    '/': () => document.getElementById('question')?.focus(),
    o: () => shell.pickFiles(),
    '?': () => shell.openDialog({ kind: 'keys' }),
    '[': () => moveToCitation(-1),
    ']': () => moveToCitation(1),
  };
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}

function escape(app: AppState): void {
  const { status } = app.conversation;
  if (status.kind !== 'idle' && status.kind !== 'failed') app.conversation.stop();
  else app.source.close();
}

function moveToCitation(step: 1 | -1): void {
  const marks = [...document.querySelectorAll<HTMLElement>('[data-citation]')];
  const at = marks.indexOf(document.activeElement as HTMLElement);
  const next = at < 0 ? (step > 0 ? 0 : marks.length - 1) : at + step;
  marks[Math.max(0, Math.min(marks.length - 1, next))]?.focus();
}
