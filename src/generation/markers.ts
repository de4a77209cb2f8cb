import type { Passage } from '../domain/conversation.ts';

/**
 * Numbers in brackets beside the end of a clause: "… in 1823 [1].", “……点亮。[2][3]”. Directly after
 * a Latin letter they are an index: "x[1]".
 */
const MARKER =
  /(?:[^\S\n]+|(?<=[\p{Script=Han}.,;:!?。，；：！？)）\]】]|(?<![\p{L}_])\p{Nd}))(?:\[\d{1,2}(?:\s*[,、–-]\s*\d{1,2})*\]|【\d{1,2}】)(?=\s*(?:[.,;:!?。，；：！？[【]|$|\n|\p{Lu}|\p{Script=Han}))/gu;

/**
 * Takes out marks for sources that a model prints on its own: ours alone tell what is proved. What
 * the passages themselves hold in brackets stays, an index or a reference of the document's.
 */
export function withoutMarkers(answer: string, passages: readonly Passage[]): string {
  const own = passages.map(({ chunk }) => chunk.text).join('\n');
  return answer.replaceAll(MARKER, (marker) => (own.includes(marker.trim()) ? marker : ''));
}
