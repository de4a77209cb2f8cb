import { expect, test } from 'vitest';
import { languageOf, numbersOf, overlap, termsOf } from './terms.ts';

test('words lose their endings, stop words go, numbers stay as they stand', () => {
  expect([...termsOf('The keepers lit 1,250 lamps in 1823.')]).toEqual([
    'keeper',
    'lit',
    '1250',
    'lamp',
    '1823',
  ]);
});

test('Chinese is compared by pairs of characters', () => {
  const question = termsOf('谁发明了透镜？');
  expect(overlap(question, termsOf('菲涅耳发明的透镜'))).toBe(1);
  expect(overlap(question, termsOf('守塔人记录天气'))).toBe(0);
});

test('the language of a question is Chinese in spite of Latin names in it', () => {
  expect(languageOf('Fresnel 发明了什么样的透镜？')).toBe('zh');
  expect(languageOf('What did Fresnel invent?')).toBe('en');
  expect(languageOf('🙂')).toBe('en');
});

test('numbers are found with their decimals, without thousands separators', () => {
  expect(numbersOf('12,500 lights, 4.5 m, in 1823')).toEqual(['12500', '4.5', '1823']);
});

test('nothing wanted is not everything found', () => {
  expect(overlap(new Set(), new Set(['lens']))).toBe(0);
});
