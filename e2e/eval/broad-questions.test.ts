import { expect, it } from 'vitest';
import { broadQuestion } from '../../src/domain/broad-question.ts';
import { EVERYWHERE } from '../../src/domain/scope.ts';
import { readGolden } from './golden.ts';

it('takes no question of the golden sets for one that is asked of whole documents', () => {
  const questions = readGolden();
  const documents = [...new Set(questions.map(({ document }) => document))].map((name) => ({
    id: name,
    name: `${name}.pdf`,
  }));
  const taken = questions.filter(({ question }) => broadQuestion(question, documents, EVERYWHERE));
  expect(taken.map(({ question }) => question)).toEqual([]);
});
