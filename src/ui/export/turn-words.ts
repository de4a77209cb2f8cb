import { m } from '../../paraglide/messages.js';
import type { TurnWords } from './turn-markdown.ts';

/** In the language the page is shown in. */
export function turnWords(): TurnWords {
  return {
    sources: m.export_sources(),
    passages: m.passages(),
    unproven: m.unproven(),
    quoted: m.unsure_quoted(),
    source: ({ name, page, quote }) => m.export_source({ name, page, quote }),
  };
}
