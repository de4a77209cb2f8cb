import { FindState, type EventBus } from 'pdfjs-dist/legacy/web/pdf_viewer.mjs';

/** Places where the words looked for stand: `current` is 1-based, 0 while none is chosen. */
export interface Matches {
  readonly current: number;
  readonly total: number;
  /** Pages are still being read. */
  readonly isSearching: boolean;
}

interface Told {
  readonly matchesCount: { readonly current: number; readonly total: number };
}

/** The find commands of a viewer, which pdf.js's find controller takes from its event bus. */
export class FindInPdf {
  #isSearching = false;

  constructor(
    private readonly bus: EventBus,
    private readonly found: (matches: Matches) => void,
    signal: AbortSignal,
  ) {
    const tell = ({ matchesCount: { current, total } }: Told): void =>
      this.found({ current, total, isSearching: this.#isSearching });
    bus.on('updatefindmatchescount', tell, { signal });
    const turn = (event: Told & { readonly state: number }): void => {
      this.#isSearching = event.state === FindState.PENDING;
      tell(event);
    };
    bus.on('updatefindcontrolstate', turn, { signal });
  }

  /** Looks from the present page on; with `again` for the next place, or the one before. */
  find(query: string, again?: 'next' | 'previous'): void {
    this.bus.dispatch('find', {
      source: this,
      type: again ? 'again' : '',
      query,
      caseSensitive: false,
      entireWord: false,
      matchDiacritics: false,
      highlightAll: true,
      findPrevious: again === 'previous',
    });
  }

  /** Takes the marks of what was found away. */
  end(): void {
    this.bus.dispatch('findbarclose', { source: this });
  }
}
