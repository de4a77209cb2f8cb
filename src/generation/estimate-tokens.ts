/**
 * Tokens of a text for the models offered: about 3.8 letters of English or 1.3 Han characters
 * each, a rule of thumb, rounded up.
 */
export function estimateTokens(text: string): number {
  const han = text.match(/\p{Script=Han}/gu)?.length ?? 0;
  return Math.ceil(han / 1.3 + (text.length - han) / 3.8);
}
