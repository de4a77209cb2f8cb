import type { Language, Page } from '../domain/source-document.ts';

const SAMPLED_PAGES = 50;
const SAMPLED_CHARACTERS = 2000;
/** Chinese technical prose is full of Latin names; English prose hardly quotes Han at all. */
const HAN_SHARE = 0.2;

/**
 * The language a document is indexed in, by the share of Han characters among its letters.
 * Looks at no more than fifty pages spread over the document. English when there are no letters.
 */
export function detectLanguage(pages: readonly Page[]): Language {
  const stride = Math.max(1, Math.ceil(pages.length / SAMPLED_PAGES));
  const sample = pages
    .filter((_, index) => index % stride === 0)
    .map((page) => page.text.slice(0, SAMPLED_CHARACTERS))
    .join('\n');
  const letters = sample.match(/\p{L}/gu)?.length ?? 0;
  const han = sample.match(/\p{Script=Han}/gu)?.length ?? 0;
  return han > letters * HAN_SHARE ? 'zh' : 'en';
}
