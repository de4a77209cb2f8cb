import type { AppState } from '../../state/context.ts';
import type { Shell } from './shell.ts';

const EDITABLE = 'input:not([type=file]), textarea, select, [contenteditable]';
const FLOATING = '[role=dialog], [role=alertdialog], [role=menu]';

function stepCitation(step: 1 | -1): void {
  const marks = [...document.querySelectorAll<HTMLElement>('[data-citation]')];
  const at = marks.findIndex((mark) => mark === document.activeElement);
  const next = at === -1 ? (step === 1 ? 0 : marks.length - 1) : at + step;
  marks[next]?.focus();
}

function escape({ conversation, source }: AppState): boolean {
  const { kind } = conversation.status;
  if (kind !== 'idle' && kind !== 'failed') conversation.stop();
  else if (source.shown) source.close();
  else return false;
  return true;
}

/** The keys that hold on the whole page; the ones of a field live with the field. */
export function handleKey(event: KeyboardEvent, app: AppState, shell: Shell): void {
  if (event.defaultPrevented || event.isComposing || event.ctrlKey || event.metaKey || event.altKey) return;
  const target = event.target instanceof Element ? event.target : null;
  if (document.querySelector(FLOATING)) return; // it has keys of its own
  if (event.key === 'Escape') {
    if (escape(app)) event.preventDefault();
    return;
  }
  if (target?.closest(EDITABLE)) return;
  const actions: Record<string, () => void> = {
    '/': () => document.querySelector<HTMLElement>('#question')?.focus(),
    o: () => shell.pickFiles(),
    '?': () => shell.openDialog({ kind: 'keys' }),
    '[': () => stepCitation(-1),
    ']': () => stepCitation(1),
  };
  const action = actions[event.key];
  if (!action) return;
  event.preventDefault();
  action();
}
