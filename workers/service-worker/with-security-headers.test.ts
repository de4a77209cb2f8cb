import { expect, test } from 'vitest';
import { withSecurityHeaders } from './with-security-headers.ts';

const policyOf = (response: Response) => response.headers.get('content-security-policy') ?? '';

test('a page is isolated and may fetch a pasted link', async () => {
  const given = new Response('<p>', { status: 203, headers: { 'content-type': 'text/html' } });
  const response = withSecurityHeaders(given, 'document');
  expect(response.status).toBe(203);
  expect(response.headers.get('content-type')).toBe('text/html');
  expect(response.headers.get('cross-origin-opener-policy')).toBe('same-origin');
  expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  expect(policyOf(response)).toContain("connect-src 'self' https: http:");
  expect(await response.text()).toBe('<p>');
});

test('a worker is isolated and reaches only this origin', () => {
  const given = new Response('', { headers: { 'content-security-policy': 'default-src *' } });
  const response = withSecurityHeaders(given, 'worker');
  expect(response.headers.get('cross-origin-embedder-policy')).toBe('require-corp');
  expect(policyOf(response)).toMatch(/connect-src 'self' blob: data:$/);
  expect(policyOf(response)).not.toMatch(/https?:|'unsafe-eval'|\*/);
});

test('a response without a body or a status stays what it is', () => {
  expect(withSecurityHeaders(new Response(null, { status: 304 }), 'script').status).toBe(304);
  const opaque = Response.error();
  expect(withSecurityHeaders(opaque, 'image')).toBe(opaque);
});
