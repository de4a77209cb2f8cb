import type { Recorded, RecordedAnswer } from '../recorded.ts';
import { absentFrom, supports } from './support.ts';
import { holdsFact, squeezed } from './texts.ts';

/** What the app says in place of an answer that the documents do not hold. */
const REFUSED = 'not-found';

type Sentence = RecordedAnswer['sentences'][number];

export function refused({ answer }: Recorded): boolean {
  return answer?.status === REFUSED;
}

/** The sentences the language model worded. */
function sentencesOf(recorded: Recorded): readonly Sentence[] {
  return recorded.answer && !refused(recorded) ? recorded.answer.sentences : [];
}

/**
 * For each sentence with a citation, whether the passage cited proves it: it supports it (see
 * `supports`), and where the sentence holds the expected fact, the passage holds that too, or
 * the evidence itself.
 */
export function citationsRight(recorded: Recorded): boolean[] {
  return sentencesOf(recorded).flatMap((sentence) =>
    sentence.passage === null
      ? []
      : [isProved(sentence, recorded.passages[sentence.passage]?.text ?? '', recorded)],
  );
}

function isProved({ text }: Sentence, passage: string, { question }: Recorded): boolean {
  if (!supports(passage, text)) return false;
  if (!holdsFact(text, question.fact)) return true;
  const plain = squeezed(passage);
  const places = [...question.evidence, ...question.also];
  return holdsFact(passage, question.fact) || places.some(({ span }) => plain.includes(squeezed(span)));
}

/** For each sentence that one of the passages shown supports, whether it has a citation. */
export function supportedCited(recorded: Recorded): boolean[] {
  return sentencesOf(recorded)
    .filter((sentence) => isSupported(sentence, recorded))
    .map(({ passage }) => passage !== null);
}

/** For each sentence that none of the passages shown supports, whether it is marked. */
export function unsupportedMarked(recorded: Recorded): boolean[] {
  return sentencesOf(recorded)
    .filter((sentence) => !isSupported(sentence, recorded))
    .map(({ passage }) => passage === null);
}

function isSupported({ text }: Sentence, { passages }: Recorded): boolean {
  return passages.some((passage) => supports(passage.text, text));
}

/** For each sentence with a number or a name that stands in none of the passages shown, whether it is marked. */
export function strangersMarked(recorded: Recorded): boolean[] {
  const shown = recorded.passages.map(({ text }) => text).join('\n');
  return sentencesOf(recorded)
    .filter(({ text }) => absentFrom(shown, text).length > 0)
    .map(({ passage }) => passage === null);
}
