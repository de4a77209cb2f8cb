import { securityHeaders } from '../../src/security-headers.ts';

/** Where a response becomes a page with a policy of its own. */
const DOCUMENTS: readonly RequestDestination[] = ['document', 'iframe', 'frame'];

/**
 * The same response, its body not read, with isolation and policy added. Responses that are
 * opaque or a redirect have status 0: they cannot be copied and pass untouched.
 */
export function withSecurityHeaders(response: Response, destination: RequestDestination): Response {
  if (response.status === 0) return response;
  const headers = new Headers(response.headers);
  const use = DOCUMENTS.includes(destination) ? 'document' : 'resource';
  for (const [name, value] of Object.entries(securityHeaders(use))) headers.set(name, value);
  const { status, statusText } = response;
  return new Response(response.body, { status, statusText, headers });
}
